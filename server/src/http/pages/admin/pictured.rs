//! The picture beside the editor's forms, of a design that shows what is being edited.

use app::pages::admin::{self, PictureView};
use axum::response::{Html, IntoResponse, Response};
use configurator::{Product, Slug};
use shop::drafts::{ShownDesign, ShownPart};
use shop::{Bundle, Draft, Revision};
use words::Language;

use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The picture that shows a part of a draft, as its address names it; nothing where there is none.
pub(super) async fn picture(
    site: &Site,
    language: Language,
    draft: &Draft,
    asked: &str,
) -> Result<Option<PictureView>, Failure> {
    let Some(part) = ShownPart::named(asked) else { return Ok(None) };
    let Some(found) = site.shop.design_with(draft, &part).await? else { return Ok(None) };
    let drawings = draft.bundle.drawings.clone();
    let told = told(language, draft, &part, &found);
    let svg = preview::compose(&found.product, &drawings, &found.design);
    Ok(Some(PictureView { slug: draft.slug.clone(), shows: asked.to_owned(), svg, told }))
}

/// The standard design as it was before a draft had problems: one change ago, or as it is live. Nothing where it had some already.
pub(super) fn of_before(
    language: Language,
    slug: &Slug,
    (before, live): (Option<&Bundle>, Option<&Revision>),
) -> Option<PictureView> {
    let of =
        |product: &Product, bundle: &Bundle| preview::compose(product, &bundle.drawings, product.standard());
    let before = before.and_then(|bundle| Some(of(&Product::check(&bundle.source).ok()?, bundle)));
    let svg = before.or_else(|| live.map(|live| of(live.product.product().as_ref(), &live.bundle)))?;
    let told = vec![language.editing().shown_before().to_owned()];
    Some(PictureView { slug: slug.clone(), shows: String::new(), svg, told })
}

/// Which design it is, in sentences.
fn told(language: Language, draft: &Draft, part: &ShownPart, found: &ShownDesign) -> Vec<String> {
    let (say, source) = (language.editing(), &draft.bundle.source);
    let what = match part {
        ShownPart::Standard => return vec![say.shown_standard().to_owned()],
        ShownPart::Layer(place) => say.layer_of(&(place + 1)),
        ShownPart::Option(attribute, option) => {
            let known = source.attributes.iter().find(|known| known.code == *attribute);
            let label = known.and_then(|known| known.options.iter().find(|known| known.code == *option));
            match (known, label) {
                (Some(known), Some(label)) => language.gate().option_of(&known.label, &label.label),
                _ => option.clone(),
            }
        }
    };
    let what = language.marked(what);
    let product = &found.product;
    let standard = product.standard();
    match (found.is_found, found.is_open, found.design == *standard) {
        (false, true, _) => vec![say.shown_open(&what)],
        (false, false, _) => vec![say.shown_none(&what)],
        (true, _, true) => vec![say.shown_by_standard(&what)],
        (true, _, false) => {
            let others = product.ids().filter(|(id, _)| standard.value(*id) != found.design.value(*id));
            let changes = others.map(|(id, attribute)| {
                let [was, now] =
                    [standard, &found.design].map(|design| product.describe(id, design.value(id)));
                language.analysis().change(&attribute.label, &was, &now)
            });
            let changes: Vec<String> = changes.collect();
            vec![say.shown_with(&what), language.marked(format!("{}.", changes.join(", ")))]
        }
    }
}

/// The same alone, for the script that follows what is being edited.
pub(super) async fn alone(site: &Site, admin: &Admin, slug: &Slug, asked: &str) -> Result<Response, Failure> {
    let draft = site.shop.draft(slug).await?;
    let shown = picture(site, admin.language, &draft, asked).await?;
    Ok(Html(admin::picture_alone(shown.as_ref())).into_response())
}
