//! How attributes lie in a model: which variables stand for an attribute of each kind, and which of their values, the
//! literals, for which of its values. A choice, a number and a text have one variable; a multi-choice has one for each
//! option. All variables of an attribute have equally many values. Whoever makes or asks a model asks here.

use engine::model::{Expression, Formula, ValueId, Variable, VariableId};

use crate::attribute::Attribute;
use crate::design::Design;
use crate::ids::{AttributeId, OptionId};
use crate::kind::{Kind, Numbers};
use crate::product::Product;
use crate::value::Value;

/// Which of its variable's values a text has: rules, prices and points tell only these apart.
const EMPTY: usize = 0;
/// A text other than the standard's.
const TYPED: usize = 1;
/// The standard's text, where that is not empty.
const STANDARD: usize = 2;
/// What a text is that is not empty.
pub(crate) const FILLED: [usize; 2] = [TYPED, STANDARD];
/// Stands for every text that is neither empty nor the standard's: no text has control characters.
const ANY_OTHER: &str = "\u{0}";

/// A value of one of an attribute's variables, both by their place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Literal {
    variable: usize,
    value: usize,
}

impl Literal {
    /// The value at a place of an attribute's variable at a place.
    pub(crate) fn at(variable: usize, value: usize) -> Self {
        Self { variable, value }
    }

    /// The variable and its value, by the first variable of the attribute.
    pub(crate) fn of(self, first: VariableId) -> (VariableId, usize) {
        (VariableId::new(first.index() + self.variable), self.value)
    }
}

impl Kind {
    /// How many variables stand for it.
    pub(crate) fn variables(&self) -> usize {
        match self {
            Self::MultiChoice { options, .. } => options.len(),
            Self::Choice { .. } | Self::Number { .. } | Self::Text { .. } => 1,
        }
    }

    /// How many values each of them has, where the attribute applies.
    fn present(&self) -> usize {
        match self {
            Self::Choice { options } => options.len(),
            Self::MultiChoice { .. } => 2,
            &Self::Number { min, max, step, .. } => Numbers { min, max, step }.count(),
            Self::Text { .. } => 3,
        }
    }

    /// The value of its variable that nobody but a shopper can want, by typing it.
    pub(crate) fn typed(&self) -> Option<usize> {
        match self {
            Self::Text { .. } => Some(TYPED),
            Self::Choice { .. } | Self::MultiChoice { .. } | Self::Number { .. } => None,
        }
    }

    fn literal_price(&self, literal: Literal) -> i64 {
        match *self {
            Self::Choice { .. } | Self::MultiChoice { .. } => {
                self.option_of(literal).map_or(0, |option| self.options()[option.index()].price)
            }
            Self::Number { min, max, step, price, .. } => {
                price.saturating_mul(Numbers { min, max, step }.at(literal.value) - min)
            }
            Self::Text { .. } if literal.value == EMPTY => 0,
            Self::Text { price, .. } => price,
        }
    }

    fn option_of(&self, literal: Literal) -> Option<OptionId> {
        match self {
            Self::Choice { .. } => Some(OptionId::new(literal.value)),
            Self::MultiChoice { .. } => (literal.value == 1).then(|| OptionId::new(literal.variable)),
            Self::Number { .. } | Self::Text { .. } => None,
        }
    }

    fn pick(&self, variable: usize, value: &Value, standard: &Value) -> Option<usize> {
        match (self, value) {
            (Self::Choice { .. }, Value::Option(option)) => Some(option.index()),
            (Self::MultiChoice { .. }, Value::Options(set)) => {
                Some(usize::from(set.contains(OptionId::new(variable))))
            }
            (&Self::Number { min, max, step, .. }, Value::Number(number)) => {
                Numbers { min, max, step }.place_of(*number)
            }
            (Self::Text { .. }, Value::Text(text)) if text.is_empty() => Some(EMPTY),
            (Self::Text { .. }, Value::Text(_)) => Some(if value == standard { STANDARD } else { TYPED }),
            (
                Self::Choice { .. } | Self::MultiChoice { .. } | Self::Number { .. } | Self::Text { .. },
                Value::Option(_) | Value::Options(_) | Value::Number(_) | Value::Text(_) | Value::Absent,
            ) => None,
        }
    }

    fn value_with(&self, literal: Literal, standard: &Value) -> Value {
        match self {
            Self::Choice { .. } => Value::Option(OptionId::new(literal.value)),
            Self::MultiChoice { options, .. } => {
                let own = OptionId::new(literal.variable);
                let has = |&id: &OptionId| if id == own { literal.value == 1 } else { standard.includes(id) };
                Value::Options((0..options.len()).map(OptionId::new).filter(has).collect())
            }
            &Self::Number { min, max, step, .. } => {
                Value::Number(Numbers { min, max, step }.at(literal.value))
            }
            Self::Text { .. } => match literal.value {
                EMPTY => Value::Text(String::new()),
                STANDARD => standard.clone(),
                _ => Value::Text(ANY_OTHER.to_owned()),
            },
        }
    }

    /// The values of its variables as they are named.
    fn value_names(&self) -> Vec<String> {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        match self {
            Self::Choice { options } => options.iter().map(|option| option.code.clone()).collect(),
            Self::MultiChoice { .. } => names(&["no", "yes"]),
            &Self::Number { min, max, step, .. } => {
                Numbers { min, max, step }.iter().map(|number| number.to_string()).collect()
            }
            Self::Text { .. } => names(&["empty", "typed", "standard"]),
        }
    }

    fn distance(&self, one: usize, other: usize) -> u32 {
        match self {
            Self::Number { .. } => u32::try_from(one.abs_diff(other)).unwrap_or(u32::MAX),
            Self::Choice { .. } | Self::MultiChoice { .. } | Self::Text { .. } => 0,
        }
    }
}

impl Attribute {
    /// The value of each of its variables, the last one, where it doesn't apply; `None` for one that always does.
    pub(crate) fn absent(&self) -> Option<usize> {
        self.applies.is_some().then(|| self.kind.present())
    }

    /// How many values each of its variables has.
    pub(crate) fn size(&self) -> usize {
        self.kind.present() + usize::from(self.applies.is_some())
    }

    /// Every literal, in the model's order.
    pub(crate) fn literals(&self) -> impl Iterator<Item = Literal> {
        let size = self.size();
        let of = move |variable| (0..size).map(move |value| Literal { variable, value });
        (0..self.kind.variables()).flat_map(of)
    }

    fn is_absent(&self, value: usize) -> bool {
        self.absent() == Some(value)
    }

    /// The option that a design with this literal has.
    pub(crate) fn option_of(&self, literal: Literal) -> Option<OptionId> {
        if self.is_absent(literal.value) { None } else { self.kind.option_of(literal) }
    }

    /// What a literal adds to the price.
    pub(crate) fn literal_price(&self, literal: Literal) -> i64 {
        if self.is_absent(literal.value) { 0 } else { self.kind.literal_price(literal) }
    }

    /// How far two values of a variable lie apart where there is nearer and farther, and 0 otherwise.
    pub(crate) fn distance(&self, one: usize, other: usize) -> u32 {
        if self.is_absent(one) || self.is_absent(other) { 0 } else { self.kind.distance(one, other) }
    }

    /// What one of its variables is, by its place, when the attribute has a value; `None` for a value that it does not take. Of
    /// texts the standard's is told apart.
    pub(crate) fn pick(&self, variable: usize, value: &Value, standard: &Value) -> Option<usize> {
        if *value == Value::Absent { self.absent() } else { self.kind.pick(variable, value, standard) }
    }

    /// A value with this literal, otherwise as the standard's.
    pub(crate) fn value_with(&self, literal: Literal, standard: &Value) -> Value {
        if self.is_absent(literal.value) { Value::Absent } else { self.kind.value_with(literal, standard) }
    }

    /// Its variables, with their values as they are named.
    pub(crate) fn to_variables(&self) -> Vec<Variable> {
        let mut names = self.kind.value_names();
        // No value is named with a capital letter.
        names.extend(self.absent().map(|_| "ABSENT".to_owned()));
        let named = |name: String| Variable::new(name, names.clone());
        if self.kind.set_bounds().is_none() {
            return vec![named(self.code.clone())];
        }
        self.options().iter().map(|option| named(format!("{}.{}", self.code, option.code))).collect()
    }

    /// That it applies, as its first variable has it.
    pub(crate) fn is_there(&self, first: VariableId) -> Formula {
        let present = || (0..self.kind.present()).map(ValueId::new).collect();
        self.absent().map_or_else(|| Formula::And(Vec::new()), |_| Formula::In(first, present()))
    }

    /// What its variables keep to whatever rules say: all or none of them absent, and where it applies no option that is gone,
    /// a locked attribute as it is, bounds of a set. `first` is the first of them.
    pub(crate) fn constraints(&self, standard: &Value, first: VariableId) -> Vec<Formula> {
        let own = self.constraints_where_it_applies(standard, first);
        let Some(absent) = self.absent().map(ValueId::new) else { return own };
        let is_absent = |variable| Formula::In(variable, vec![absent]);
        let others = (1..self.kind.variables()).map(|place| VariableId::new(first.index() + place));
        let together = others.flat_map(|other| {
            let [one, two] = [(first, other), (other, first)];
            [one, two].map(|(one, two)| Formula::Or(vec![is_absent(one).negated(), is_absent(two)]))
        });
        let own = own.into_iter().map(|own| Formula::Or(vec![is_absent(first), own]));
        together.chain(own).collect()
    }

    fn constraints_where_it_applies(&self, standard: &Value, first: VariableId) -> Vec<Formula> {
        let is = |variable, value: usize| Formula::In(variable, vec![ValueId::new(value)]);
        let locked =
            self.kind.pick(0, standard, standard).filter(|_| self.locked).map(|value| is(first, value));
        match &self.kind {
            Kind::Choice { options } => {
                let stays = |option| !self.locked || standard.includes(option);
                let allowed = self.option_ids().filter(|&(option, opt)| opt.available && stays(option));
                let allowed: Vec<ValueId> = allowed.map(|(option, _)| ValueId::new(option.index())).collect();
                let fewer = allowed.len() < options.len();
                fewer.then_some(Formula::In(first, allowed)).into_iter().collect()
            }
            Kind::MultiChoice { options, min, max } => {
                let member = |option: OptionId| VariableId::new(first.index() + option.index());
                let fixed = self.option_ids().filter_map(|(option, opt)| {
                    let gone = (!opt.available).then_some(false);
                    let inside = if self.locked { Some(standard.includes(option)) } else { gone };
                    inside.map(|inside| is(member(option), usize::from(inside)))
                });
                let is_bound = *min > 0 || (*max as usize) < options.len();
                let bounds = is_bound.then(|| {
                    let of = self.option_ids().map(|(option, _)| is(member(option), 1)).collect();
                    Formula::Count { min: *min, max: *max, of }
                });
                fixed.chain(bounds).collect()
            }
            Kind::Number { .. } => locked.into_iter().collect(),
            Kind::Text { .. } => {
                let has_none = *standard == Value::Text(String::new());
                let unnamed = [EMPTY, TYPED].map(ValueId::new).to_vec();
                has_none.then_some(Formula::In(first, unnamed)).into_iter().chain(locked).collect()
            }
        }
    }
}

/// Which variables of the model stand for which attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variables {
    /// By attribute: its first variable; behind them how many variables there are.
    first: Vec<u32>,
}

impl Variables {
    pub(crate) fn of(product: &Product) -> Self {
        Self::after(product, 0)
    }

    /// The same behind so many others.
    pub(crate) fn after(product: &Product, others: usize) -> Self {
        let mut next = u32::try_from(others).unwrap_or(u32::MAX);
        let mut first = vec![next];
        for attribute in &product.attributes {
            next = next.saturating_add(u32::try_from(attribute.kind.variables()).unwrap_or(u32::MAX));
            first.push(next);
        }
        Self { first }
    }

    /// All variables of an attribute, in the order of their places.
    pub(crate) fn all(&self, attribute: AttributeId) -> impl Iterator<Item = VariableId> + use<> {
        (self.first[attribute.index()]..self.first[attribute.index() + 1]).map(VariableId)
    }

    /// The variable of a choice, number or text, the first of a multi-choice.
    pub(crate) fn whole(&self, attribute: AttributeId) -> VariableId {
        VariableId(self.first[attribute.index()])
    }

    /// The variable of an option of a multi-choice: value 1 when it is in the set.
    pub(crate) fn member(&self, attribute: AttributeId, option: OptionId) -> VariableId {
        VariableId::new(self.first[attribute.index()] as usize + option.index())
    }

    /// The sum of what each chosen option of an attribute counts.
    pub(crate) fn total(&self, id: AttributeId, attribute: &Attribute, counts: &[i64]) -> Expression {
        match attribute.kind {
            Kind::Choice { .. } => self.of_whole(id, attribute, counts.iter().copied()),
            Kind::MultiChoice { .. } => {
                let counted = |count| [0, count].into_iter().chain(attribute.absent().map(|_| 0)).collect();
                let members = self.all(id).zip(counts);
                Expression::Sum(
                    members.map(|(member, &count)| Expression::Of(member, counted(count))).collect(),
                )
            }
            Kind::Number { .. } | Kind::Text { .. } => Expression::Constant(0),
        }
    }

    /// What each value of an attribute with one variable counts; 0 where it doesn't apply.
    pub(crate) fn of_whole(
        &self,
        id: AttributeId,
        attribute: &Attribute,
        counts: impl Iterator<Item = i64>,
    ) -> Expression {
        Expression::Of(self.whole(id), counts.chain(attribute.absent().map(|_| 0)).collect())
    }

    /// The design that an assignment stands for; `reference` says what a typed text is.
    pub(crate) fn read(&self, product: &Product, assignment: &[ValueId], reference: &Design) -> Design {
        let value = |(id, attribute): (AttributeId, &Attribute)| {
            let values = self.all(id).map(|variable| assignment[variable.index()].index());
            read_value(attribute, values, product.initial(id), reference.value(id))
        };
        Design::new(product.ids().map(value).collect())
    }
}

/// The value that an attribute has when its variables have these; `text` is what a typed text is.
fn read_value(
    attribute: &Attribute,
    values: impl Iterator<Item = usize>,
    standard: &Value,
    text: &Value,
) -> Value {
    let mut values = values.peekable();
    let value = values.peek().copied().unwrap_or(0);
    if attribute.is_absent(value) {
        return Value::Absent;
    }
    let kind = &attribute.kind;
    if let Kind::MultiChoice { .. } = kind {
        let members = values.enumerate().filter(|(_, value)| *value == 1);
        return Value::Options(members.map(|(option, _)| OptionId::new(option)).collect());
    }
    if kind.typed() == Some(value) {
        return text.clone();
    }
    kind.value_with(Literal { variable: 0, value }, standard)
}
