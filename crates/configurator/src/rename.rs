//! Another code for an attribute or an option, in everything of a product that refers to it.

use crate::attribute::Attribute;
use crate::ids::AttributeId;
use crate::product::Product;
use crate::rule::parse::{KEYWORDS, names_in};
use crate::rule::syntax::Named;
use crate::source::{Source, ValueSource};

/// Why a code does not become another.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenameError {
    /// Nothing has the code that is to change.
    #[error("there is no '{0}' to rename; choose a code of the product")]
    Unknown(String),
    /// The new one is no code, or has a meaning in rules.
    #[error(
        "'{0}' is no code; use a lower-case letter followed by lower-case letters, digits and '_', and no word of the rule language"
    )]
    Malformed(String),
    /// Another one has it.
    #[error("the code '{0}' is taken; choose another")]
    Taken(String),
}

/// What is renamed: the attribute, or one of its options.
#[derive(Clone, Copy)]
struct Renaming<'c> {
    attribute: &'c str,
    option: Option<&'c str>,
    new: &'c str,
}

impl Source {
    /// Gives an attribute another code, also where rules, conditions, drawings, designs, tests and translations refer to it.
    ///
    /// # Errors
    /// See [`RenameError`]; nothing is changed then.
    pub fn rename_attribute(&mut self, code: &str, new: &str) -> Result<(), RenameError> {
        let codes = || self.attributes.iter().map(|attribute| attribute.code.as_str());
        judge(code, new, codes)?;
        let renaming = Renaming { attribute: code, option: None, new };
        self.rename_in_rules(renaming);
        for attribute in self.attributes.iter_mut().filter(|attribute| attribute.code == code) {
            new.clone_into(&mut attribute.code);
        }
        for layer in &mut self.layers {
            let drawn = layer.tint.values_mut().chain(&mut layer.text);
            drawn.filter(|of| *of == code).for_each(|of| new.clone_into(of));
        }
        let designs = self.designs.iter_mut().map(|design| &mut design.values);
        for values in designs.chain(self.tests.iter_mut().map(|test| &mut test.values)) {
            if let Some(value) = values.remove(code) {
                values.insert(new.to_owned(), value);
            }
        }
        for texts in self.translations.values_mut() {
            if let Some(texts_of) = texts.attributes.remove(code) {
                texts.attributes.insert(new.to_owned(), texts_of);
                texts.move_marks(&format!("attributes.{code}."), &format!("attributes.{new}."));
            }
        }
        Ok(())
    }

    /// Gives an option of an attribute another code, also where rules, conditions, the standard, designs, tests and translations
    /// refer to it.
    ///
    /// # Errors
    /// See [`RenameError`]; nothing is changed then.
    pub fn rename_option(&mut self, attribute: &str, code: &str, new: &str) -> Result<(), RenameError> {
        let found = self.attributes.iter().position(|known| known.code == attribute);
        let at = found.ok_or_else(|| RenameError::Unknown(attribute.to_owned()))?;
        judge(code, new, || self.attributes[at].options.iter().map(|option| option.code.as_str()))?;
        self.rename_in_rules(Renaming { attribute, option: Some(code), new });
        let own = &mut self.attributes[at];
        for option in own.options.iter_mut().filter(|option| option.code == code) {
            new.clone_into(&mut option.code);
        }
        rename_value(&mut own.standard, code, new);
        let former = own.successors.values_mut().filter(|successor| *successor == code);
        former.for_each(|successor| new.clone_into(successor));
        let designs = self.designs.iter_mut().map(|design| &mut design.values);
        for values in designs.chain(self.tests.iter_mut().map(|test| &mut test.values)) {
            if let Some(value) = values.get_mut(attribute) {
                rename_value(value, code, new);
            }
        }
        let options = format!("attributes.{attribute}.options");
        for texts in self.translations.values_mut() {
            texts.move_marks(&format!("{options}.{code}."), &format!("{options}.{new}."));
            let Some(texts) = texts.attributes.get_mut(attribute) else { continue };
            if let Some(texts_of) = texts.options.remove(code) {
                texts.options.insert(new.to_owned(), texts_of);
            }
        }
        Ok(())
    }

    /// Renames in everything that is written in the rule language.
    fn rename_in_rules(&mut self, renaming: Renaming) {
        let readable = Product::readable(self);
        for text in self.rule_texts() {
            *text = renaming.renamed(text, &readable.attributes);
        }
    }

    /// Everything that is written in the rule language.
    fn rule_texts(&mut self) -> impl Iterator<Item = &mut String> {
        let mut texts: Vec<&mut String> = Vec::new();
        texts.extend(self.attributes.iter_mut().flat_map(|attribute| &mut attribute.applies));
        texts.extend(self.rules.iter_mut().map(|rule| &mut rule.rule));
        texts.extend(self.prices.iter_mut().flat_map(|price| price.when.iter_mut().chain(&mut price.each)));
        texts.extend(self.no_returns.iter_mut().flat_map(|why| &mut why.when));
        let answers = self.uses.iter_mut().flat_map(|uses| &mut uses.answers);
        texts.extend(answers.flat_map(|answer| &mut answer.enough));
        for layer in &mut self.layers {
            let box_of = [&mut layer.x, &mut layer.y, &mut layer.width, &mut layer.height];
            let repeated = [&mut layer.repeat, &mut layer.dx, &mut layer.dy];
            texts.extend(layer.when.iter_mut().chain(box_of.into_iter().chain(repeated).flatten()));
        }
        texts.into_iter()
    }
}

fn judge<'c, C: Iterator<Item = &'c str>>(
    code: &str,
    new: &str,
    codes: impl Fn() -> C,
) -> Result<(), RenameError> {
    let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !new.starts_with(|first: char| first.is_ascii_lowercase())
        || !new.bytes().all(is_sign)
        || KEYWORDS.contains(&new)
    {
        return Err(RenameError::Malformed(new.to_owned()));
    }
    if !codes().any(|known| known == code) {
        return Err(RenameError::Unknown(code.to_owned()));
    }
    match code != new && codes().any(|known| known == new) {
        true => Err(RenameError::Taken(new.to_owned())),
        false => Ok(()),
    }
}

fn rename_value(value: &mut ValueSource, code: &str, new: &str) {
    match value {
        ValueSource::Text(text) if text == code => new.clone_into(text),
        ValueSource::List(codes) => {
            codes.iter_mut().filter(|known| *known == code).for_each(|known| new.clone_into(known));
        }
        ValueSource::Text(_) | ValueSource::Number(_) => {}
    }
}

impl Renaming<'_> {
    fn is(self, named: Named, attributes: &[Attribute]) -> bool {
        let of = |id: AttributeId| &attributes[id.index()];
        match (named, self.option) {
            (Named::Attribute(id), None) => of(id).code == self.attribute,
            (Named::Option(id, option), Some(code)) => {
                of(id).code == self.attribute && of(id).option(option).code == code
            }
            _ => false,
        }
    }

    /// A text with the new code, all else as it is.
    fn renamed(self, text: &str, attributes: &[Attribute]) -> String {
        let (named, is_read) = names_in(text, attributes);
        let read_to = named.last().map_or(0, |(span, _)| span.end);
        let meant = named.into_iter().filter(|(_, named)| self.is(*named, attributes));
        let mut spans: Vec<_> = meant.map(|(span, _)| span).collect();
        if !is_read && self.is_alone(attributes) {
            let old = self.option.unwrap_or(self.attribute);
            let behind = words(text).filter(|(at, word)| *at >= read_to && *word == old);
            spans.extend(behind.map(|(at, word)| at..at + word.len()));
        }
        let (mut renamed, mut at) = (String::with_capacity(text.len()), 0);
        for span in spans {
            renamed.push_str(&text[at..span.start]);
            renamed.push_str(self.new);
            at = span.end;
        }
        renamed.push_str(&text[at..]);
        renamed
    }

    /// Whether nothing else has the code, so that in a text that can't be read it means this as well.
    fn is_alone(self, attributes: &[Attribute]) -> bool {
        let old = self.option.unwrap_or(self.attribute);
        let options = attributes.iter().flat_map(Attribute::options).filter(|option| option.code == old);
        let others = attributes.iter().filter(|attribute| attribute.code == old).count() + options.count();
        others == 1
    }
}

/// The words of a text, each with the byte where it begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_sign = |sign: char| sign.is_alphanumeric() || sign == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_sign)?;
        let length = text[start..].find(|sign| !is_sign(sign)).unwrap_or(text.len() - start);
        at = start + length;
        Some((start, &text[start..at]))
    })
}
