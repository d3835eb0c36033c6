//! The drawings of a draft: what uses them and what is wrong with them; added from files, replaced, renamed and removed. Each of these is
//! a version of the draft. Two people are merged by the drawings' names.

use std::collections::BTreeSet;

use configurator::source::{LayerSource, Source};
use configurator::{RevisionNumber, Slug};
use preview::{Changed, Drawings, Finding, Refusal, drawing_name, findings, read_upload};

use super::draft::Draft;
use crate::catalogue::bundle::Bundle;
use crate::error::ShopError;
use crate::shop::Shop;

/// Most files at a time.
pub const MOST_FILES: usize = 20;

/// What is to be changed in the drawings of a draft.
#[derive(Clone, Debug)]
pub struct DrawingsEdit {
    /// The product.
    pub slug: Slug,
    /// The draft's version that the form was made from.
    pub version: i64,
    /// The live revision that that draft started from.
    pub base: RevisionNumber,
    /// The change.
    pub change: DrawingsChange,
    /// Who edits.
    pub by: String,
}

/// A change of a draft's drawings.
#[derive(Clone, Debug)]
pub enum DrawingsChange {
    /// Files become drawings, each in place of the one that is called so, if there is one.
    Add {
        /// The files.
        files: Vec<DrawingFile>,
        /// What shows them.
        place: DrawingPlace,
        /// Whether they are to fill the picture.
        fits: bool,
    },
    /// A drawing becomes that of a file, and keeps its name.
    Replace {
        /// Its name.
        name: String,
        /// The file.
        file: DrawingFile,
        /// Whether it is to fill the picture.
        fits: bool,
    },
    /// A drawing is called otherwise, also in the layers that draw it.
    Rename {
        /// Its name.
        name: String,
        /// What was typed as its new one.
        to: String,
    },
    /// A drawing goes, with the layers that draw it.
    Remove {
        /// Its name.
        name: String,
        /// Whether layers may go with it.
        with_layers: bool,
    },
}

/// A file as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawingFile {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What shows a drawing that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawingPlace {
    /// Nothing yet.
    Nowhere,
    /// A new layer on top of all others.
    Always,
    /// A new layer on top, where this option of this attribute is chosen.
    Option(String, String),
    /// This layer, counted from 0, in place of what it draws.
    Layer(usize),
}

/// What became of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawingsDone {
    /// The drawings that are there now.
    pub names: Vec<String>,
    /// How they differ from their files.
    pub changed: BTreeSet<Changed>,
}

/// Why drawings were not changed. Nothing was saved then.
#[derive(Debug, thiserror::Error)]
pub enum DrawingsError {
    /// No file was chosen.
    #[error("no file was chosen; choose an SVG or a PNG")]
    NoFile,
    /// Too many were.
    #[error("these are {0} files; send at most {MOST_FILES} at a time")]
    TooManyFiles(usize),
    /// One layer draws one file.
    #[error("a layer draws one file; choose one")]
    OneFile,
    /// Two files would become one drawing.
    #[error("two files would become '{0}'; call them otherwise, or send one of them")]
    SameName(String),
    /// Some can't become drawings: by their names, with the reason.
    #[error("{}", .0.iter().map(|(file, why)| format!("'{file}': {why}")).collect::<Vec<_>>().join("; "))]
    Refused(Vec<(String, Refusal)>),
    /// All drawings together would be too large.
    #[error("all drawings together would have {0} bytes; simplify them, or remove some")]
    TooMuch(usize),
    /// There is no such drawing, any more.
    #[error("the draft has no drawing '{0}'; look at the page again")]
    Unknown(String),
    /// Nothing is left of a name.
    #[error("a name has letters, digits, - or _")]
    NoName,
    /// Another drawing is called so.
    #[error("another drawing is called '{0}'; choose another name, or remove that one first")]
    NameTaken(String),
    /// What is to show it is not there, any more.
    #[error("what is to show it is not there any more; look at the page again")]
    NoPlace,
    /// Layers, counted from 0, would go with it.
    #[error("layers draw '{name}'; they go with it")]
    Asks {
        /// The drawing.
        name: String,
        /// The layers.
        layers: Vec<usize>,
    },
    /// Somebody else changed the same drawings since the form was made.
    #[error("somebody else changed {} meanwhile; look at it and send it again", .names.join(", "))]
    Clash {
        /// Their names.
        names: Vec<String>,
        /// Who saved the draft there is now.
        changed_by: String,
    },
    /// Anything else; [`ShopError::DraftChanged`] when the form was made from another draft.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

/// A drawing as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawingItem {
    /// Its name.
    pub name: String,
    /// The drawing; nothing where layers name one that is not there.
    pub svg: Option<String>,
    /// The layers that draw it, counted from 0.
    pub layers: Vec<usize>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// The drawings of a draft.
#[derive(Clone, Debug)]
pub struct DrawingsLook {
    /// The draft.
    pub draft: Draft,
    /// Its drawings by name, and those that layers name.
    pub items: Vec<DrawingItem>,
    /// Bytes of those that layers name, which a shopper's browser loads.
    pub used_bytes: usize,
}

impl Shop {
    /// The drawings of a product's draft.
    ///
    /// # Errors
    /// There is no such product, the shop is busy, or the store failed.
    pub async fn drawings(&self, slug: &Slug) -> Result<DrawingsLook, ShopError> {
        let draft = self.draft(slug).await?;
        self.executor.run(move || look(draft)).await
    }

    /// Changes the drawings of a draft. Where somebody saved it since the form was made, what they changed stays, drawing by drawing.
    ///
    /// # Errors
    /// See [`DrawingsError`]; nothing is changed then.
    pub async fn change_drawings(&self, edit: DrawingsEdit) -> Result<DrawingsDone, DrawingsError> {
        let draft = self.draft(&edit.slug).await?;
        let origin = if (draft.version, draft.base) == (edit.version, edit.base) {
            draft.bundle.clone()
        } else {
            let Some(origin) = self.origin(&draft, edit.version, edit.base).await? else {
                let changed_by = (draft.version > 0).then_some(draft.changed_by);
                return Err(ShopError::DraftChanged { slug: draft.slug, changed_by }.into());
            };
            origin
        };
        let names = edit.change.clashes(&origin, &draft.bundle);
        if !names.is_empty() {
            return Err(DrawingsError::Clash { names, changed_by: draft.changed_by });
        }
        let (mut bundle, before) = (draft.bundle.clone(), draft.bundle);
        let work = move || edit.change.apply(&mut bundle).map(|done| (bundle, done, edit.by));
        let (bundle, done, by) = self.executor.run(work).await??;
        if bundle != before {
            self.save_draft(&draft.slug, draft.version, bundle, &by).await?;
        }
        Ok(done)
    }
}

impl DrawingsChange {
    /// What it is about that somebody else changed: names of drawings, or nothing but a blank name for a layer.
    fn clashes(&self, origin: &Bundle, now: &Bundle) -> Vec<String> {
        let (names, layer): (Vec<String>, _) = match self {
            Self::Add { files, place, .. } => {
                let layer = if let DrawingPlace::Layer(at) = place { Some(*at) } else { None };
                (files.iter().map(|file| target(now, &file.name)).collect(), layer)
            }
            Self::Replace { name, .. } | Self::Remove { name, .. } => (vec![name.clone()], None),
            // Whatever it shows by now is called so then.
            Self::Rename { .. } => return Vec::new(),
        };
        let has_other = |name: &String| origin.drawings.get(name) != now.drawings.get(name);
        let mut clashes: Vec<String> = names.into_iter().filter(has_other).collect();
        if let Self::Remove { name, with_layers: true } = self
            && drawing(&origin.source, name) != drawing(&now.source, name)
        {
            clashes.push(name.clone());
        }
        let layers = [origin, now].map(|bundle| layer.and_then(|at| bundle.source.layers.get(at)));
        if layers[0] != layers[1] {
            clashes.extend(layers[1].and_then(|layer| layer.file.clone()).or_else(|| Some(String::new())));
        }
        clashes.dedup();
        clashes
    }

    fn apply(self, bundle: &mut Bundle) -> Result<DrawingsDone, DrawingsError> {
        let done = match self {
            Self::Add { files, place, fits } => add(bundle, &files, &place, fits)?,
            Self::Replace { name, file, fits } => {
                let is_named = bundle.source.layers.iter().any(|layer| layer.drawing() == Some(&name));
                if !is_named && !bundle.drawings.contains_key(&name) {
                    return Err(DrawingsError::Unknown(name));
                }
                put(bundle, &[(name, &file)], fits)?
            }
            Self::Rename { name, to } => rename(bundle, &name, &to)?,
            Self::Remove { name, with_layers } => remove(bundle, &name, with_layers)?,
        };
        let bytes: usize = bundle.drawings.values().map(String::len).sum();
        if bytes > preview::MOST_BYTES && !done.names.is_empty() {
            return Err(DrawingsError::TooMuch(bytes));
        }
        Ok(done)
    }
}

/// The drawing that a file becomes: one that is there under another case of its letters is meant.
fn target(bundle: &Bundle, file: &str) -> String {
    let name = drawing_name(file);
    let there = bundle.drawings.keys().find(|there| there.eq_ignore_ascii_case(&name));
    there.cloned().unwrap_or(name)
}

fn add(
    bundle: &mut Bundle,
    files: &[DrawingFile],
    place: &DrawingPlace,
    fits: bool,
) -> Result<DrawingsDone, DrawingsError> {
    match (files.len(), place) {
        (0, _) => return Err(DrawingsError::NoFile),
        (2.., DrawingPlace::Layer(_)) => return Err(DrawingsError::OneFile),
        (many, _) if many > MOST_FILES => return Err(DrawingsError::TooManyFiles(many)),
        _ => {}
    }
    let named: Vec<(String, &DrawingFile)> =
        files.iter().map(|file| (target(bundle, &file.name), file)).collect();
    let mut seen = BTreeSet::new();
    if let Some((name, _)) = named.iter().find(|(name, _)| !seen.insert(name)) {
        return Err(DrawingsError::SameName(name.clone()));
    }
    let done = put(bundle, &named, fits)?;
    for name in &done.names {
        show(&mut bundle.source, name, place)?;
    }
    Ok(done)
}

/// Makes drawings of files, all of them or none.
fn put(
    bundle: &mut Bundle,
    files: &[(String, &DrawingFile)],
    fits: bool,
) -> Result<DrawingsDone, DrawingsError> {
    let picture = Some(bundle.source.picture).filter(|sides| fits && sides.iter().all(|side| *side > 0));
    let (mut done, mut refused) = (DrawingsDone::default(), Vec::new());
    for (name, file) in files {
        if file.name.is_empty() && file.bytes.is_empty() {
            return Err(DrawingsError::NoFile);
        }
        match read_upload(name, &file.bytes, picture, &bundle.drawings) {
            Ok(upload) => {
                bundle.drawings.insert(name.clone(), upload.svg);
                done.names.push(name.clone());
                done.changed.extend(upload.changed);
            }
            Err(why) => refused.push((file.name.clone(), why)),
        }
    }
    if refused.is_empty() { Ok(done) } else { Err(DrawingsError::Refused(refused)) }
}

/// Makes a layer draw it.
fn show(source: &mut Source, name: &str, place: &DrawingPlace) -> Result<(), DrawingsError> {
    let when = match place {
        DrawingPlace::Nowhere => return Ok(()),
        DrawingPlace::Layer(at) => {
            let layer = source.layers.get_mut(*at).filter(|layer| layer.text.is_none());
            layer.ok_or(DrawingsError::NoPlace)?.file = Some(name.to_owned());
            return Ok(());
        }
        DrawingPlace::Always => None,
        DrawingPlace::Option(attribute, option) => {
            Some(condition(source, attribute, option).ok_or(DrawingsError::NoPlace)?)
        }
    };
    // Sent twice, it is one layer.
    if !source.layers.iter().any(|layer| layer.drawing() == Some(name) && layer.when == when) {
        source.layers.push(LayerSource { file: Some(name.to_owned()), when, ..LayerSource::default() });
    }
    Ok(())
}

/// The condition that an option is chosen.
fn condition(source: &Source, attribute: &str, option: &str) -> Option<String> {
    let attribute = source.attributes.iter().find(|known| known.code == attribute)?;
    attribute.options.iter().find(|known| known.code == option)?;
    let relation = if attribute.kind.fields().contains(&"min") { "has" } else { "=" };
    Some(format!("{} {relation} {option}", attribute.code))
}

fn rename(bundle: &mut Bundle, name: &str, to: &str) -> Result<DrawingsDone, DrawingsError> {
    let typed = to.trim();
    let typed =
        if typed.to_ascii_lowercase().ends_with(".svg") { typed.to_owned() } else { format!("{typed}.svg") };
    let stem = typed.rsplit_once('.').map_or("", |(stem, _)| stem);
    if !stem.chars().any(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
        return Err(DrawingsError::NoName);
    }
    let to = drawing_name(&typed);
    if to == name {
        return Ok(DrawingsDone { names: vec![to], ..DrawingsDone::default() });
    }
    let is_other = |there: &&String| *there != name && there.eq_ignore_ascii_case(&to);
    let names = bundle.drawings.keys().map(String::as_str);
    let layers = bundle.source.layers.iter().filter_map(LayerSource::drawing);
    if let Some(taken) = names.chain(layers).map(str::to_owned).collect::<Vec<_>>().iter().find(is_other) {
        return Err(DrawingsError::NameTaken(taken.clone()));
    }
    let svg = bundle.drawings.remove(name).ok_or_else(|| DrawingsError::Unknown(name.to_owned()))?;
    bundle.drawings.insert(to.clone(), svg);
    for layer in bundle.source.layers.iter_mut().filter(|layer| layer.file.as_deref() == Some(name)) {
        layer.file = Some(to.clone());
    }
    Ok(DrawingsDone { names: vec![to], ..DrawingsDone::default() })
}

fn remove(bundle: &mut Bundle, name: &str, with_layers: bool) -> Result<DrawingsDone, DrawingsError> {
    let layers = layers_of(&bundle.source, name);
    if !layers.is_empty() && !with_layers {
        return Err(DrawingsError::Asks { name: name.to_owned(), layers });
    }
    if bundle.drawings.remove(name).is_none() && layers.is_empty() {
        return Err(DrawingsError::Unknown(name.to_owned()));
    }
    bundle.source.layers.retain(|layer| layer.drawing() != Some(name));
    Ok(DrawingsDone::default())
}

fn layers_of(source: &Source, name: &str) -> Vec<usize> {
    let layers = source.layers.iter().enumerate();
    layers.filter(|(_, layer)| layer.drawing() == Some(name)).map(|(at, _)| at).collect()
}

/// The layers that show a drawing.
fn drawing<'s>(source: &'s Source, name: &str) -> Vec<&'s LayerSource> {
    source.layers.iter().filter(|layer| layer.drawing() == Some(name)).collect()
}

fn look(draft: Draft) -> DrawingsLook {
    let Bundle { source, drawings } = &draft.bundle;
    let found = findings(source, drawings);
    let named = source.layers.iter().filter_map(LayerSource::drawing);
    let names: BTreeSet<&str> = named.chain(drawings.keys().map(String::as_str)).collect();
    let item = |name: &str| DrawingItem {
        name: name.to_owned(),
        svg: drawings.get(name).cloned(),
        layers: layers_of(source, name),
        findings: found.iter().filter(|one| one.drawing.as_deref() == Some(name)).cloned().collect(),
    };
    let items = names.into_iter().map(item).collect();
    let used_bytes = used_bytes(source, drawings);
    DrawingsLook { items, used_bytes, draft }
}

fn used_bytes(source: &Source, drawings: &Drawings) -> usize {
    preview::used(source, drawings).values().map(String::len).sum()
}

#[cfg(test)]
mod tests;
