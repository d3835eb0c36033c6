//! The draft of one product: its sections as forms, and beside them what the shop makes of it.

use configurator::source::Source;
use configurator::{Problem, RevisionNumber, Slug};
use leptos::prelude::*;

use super::form::{Form, Returned};
use super::place::{attribute_anchor, spot};
use super::shell::{DraftState, Frame, Rail, Tab, bar, page};
use super::{counted, sections, sentences};

/// Everything the editor shows.
#[derive(Clone, Debug)]
pub struct Editor {
    /// The product's address.
    pub slug: Slug,
    /// The draft's version, which every form sends back.
    pub version: i64,
    /// Number of the live revision when the draft was begun, which every form sends back too: a draft that was
    /// published or discarded meanwhile has version 0 again.
    pub base: RevisionNumber,
    /// The draft.
    pub source: Source,
    /// Number of the live revision.
    pub live: RevisionNumber,
    /// The draft's state.
    pub state: DraftState,
    /// Who changed the draft last and when, in words; empty when nobody did.
    pub changed: String,
    /// Everything that keeps it from being published.
    pub problems: Vec<Problem>,
    /// The standard design; nothing while the draft is too broken to have one.
    pub standard: Option<StandardView>,
    /// The form that was saved just now.
    pub saved: Option<String>,
    /// The form that could not be saved.
    pub returned: Option<Returned>,
}

/// The draft's standard design as the shop would show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandardView {
    /// Its price, ready to show.
    pub price: String,
    /// When it is ready, in words.
    pub ready: String,
    /// Its picture as SVG.
    pub picture: String,
}

impl Editor {
    /// A form of this page.
    pub(super) fn form(&self, id: &str) -> Form<'_> {
        Form::new(id, self.returned.as_ref())
    }

    /// What tells the server which draft a form was made from.
    pub(super) fn origin(&self) -> AnyView {
        view! {
            <input type="hidden" name="version" value=self.version.to_string() />
            <input type="hidden" name="base" value=self.base.to_string() />
        }
        .into_any()
    }

    /// Problems of an attribute that its own form can solve; its standard has a form elsewhere.
    pub(super) fn problems_of_attribute(&self, index: usize) -> usize {
        let (own, standard) = (format!("attributes.{index}."), format!("attributes.{index}.standard"));
        let places = self.problems.iter().map(|problem| format!("{}.", problem.place));
        places.filter(|place| place.starts_with(&own) && !place.starts_with(&standard)).count()
    }

    /// Problems of exactly this field, as sentences.
    pub(super) fn problems_at(&self, place: &str) -> Vec<String> {
        let here = self.problems.iter().filter(|problem| problem.place == place && problem.span.is_none());
        here.map(|problem| sentences(&problem.message, &problem.advice)).collect()
    }

    /// Says that a form was saved.
    pub(super) fn saved_note(&self, form: &str) -> Option<AnyView> {
        (self.saved.as_deref() == Some(form)).then(|| {
            view! { <span class="admin-saved" role="status" data-testid="saved">"✓ Saved to the draft"</span> }
                .into_any()
        })
    }
}

/// The editor's page.
#[must_use]
pub fn editor(frame: Frame, editor: &Editor) -> String {
    let title = format!("{} · Draft", editor.source.name);
    page(frame, &title, Rail::Products, || {
        let attributes = editor.source.attributes.iter().enumerate();
        let attributes = attributes.map(|(index, attribute)| sections::attribute(editor, index, attribute));
        let jumps = [
            ("basics", "Product"),
            ("attributes", "Attributes"),
            ("rules", "Rules"),
            ("standard", "Standard design"),
            ("budget", "Budget"),
        ];
        let jumps = jumps.into_iter().map(|(anchor, words)| {
            view! { <li><a class="link" href=format!("#{anchor}")>{words}</a></li> }
        });
        view! {
            {bar(&editor.slug, &editor.source.name, editor.state, Tab::Draft)}
            <div class="admin-editor">
                <div class="admin-content">
                    <nav aria-label="On this page">
                        <ul class="admin-jumps">
                            {jumps.collect_view()}
                            <li class="admin-jump-analysis"><a class="link" href="#analysis">"Analysis"</a></li>
                        </ul>
                    </nav>
                    {sections::basics(editor)}
                    <section id="attributes" class="admin-section" aria-labelledby="attributes-title">
                        <h2 id="attributes-title" class="admin-heading">"Attributes and options"</h2>
                        <p class="hint">
                            "What there is to choose, in the order shoppers see it. Each attribute is saved on its own; moving and removing save it too."
                        </p>
                        {attributes.collect_view()}
                    </section>
                    {sections::rules(editor)}
                    {sections::standard(editor)}
                    {sections::budget(editor)}
                </div>
                {inspector(editor)}
            </div>
        }
        .into_any()
    })
}

/// What the shop makes of the draft, and the way into the shop.
fn inspector(editor: &Editor) -> AnyView {
    let picture = match &editor.standard {
        Some(standard) => {
            view! { <div class="picture admin-picture" data-testid="draft-picture" inner_html=standard.picture.clone()></div> }
                .into_any()
        }
        None => view! {
            <p class="hint">"Picture and price of the standard are back when these problems are solved."</p>
        }
        .into_any(),
    };
    let facts = facts(editor).into_iter().map(|(term, fact)| {
        view! {
            <div class="admin-fact">
                <dt>{term}</dt>
                <dd class="tabular">{fact}</dd>
            </div>
        }
    });
    let changed =
        (!editor.changed.is_empty()).then(|| view! { <p class="hint">{editor.changed.clone()}</p> });
    let next = match editor.state {
        DraftState::Unchanged => {
            view! { <p class="hint">"The draft equals what shoppers see."</p> }.into_any()
        }
        _ => view! {
            <a class="button admin-wide" href=crate::paths::admin::publish(&editor.slug)>
                "Publish…"
            </a>
        }
        .into_any(),
    };
    view! {
        <aside class="admin-inspector" id="analysis" aria-labelledby="analysis-title" tabindex="-1">
            <h2 id="analysis-title" class="admin-heading">"Analysis of the draft"</h2>
            {picture}
            {problem_list(&editor.problems, &editor.source, "")}
            <dl class="admin-facts">{facts.collect_view()}</dl>
            {changed}
            {next}
        </aside>
    }
    .into_any()
}

/// Price and size of the draft, as pairs of term and fact.
fn facts(editor: &Editor) -> Vec<(&'static str, String)> {
    let Source { attributes, rules, budget, .. } = &editor.source;
    let options: usize = attributes.iter().map(|attribute| attribute.options.len()).sum();
    let menu = [counted(attributes.len(), "attribute", "attributes"), counted(options, "option", "options")];
    let points = |ceiling: u32| counted(ceiling as usize, "point", "points");
    let budget = budget.as_ref().map_or_else(|| "None".to_owned(), |budget| points(budget.ceiling));
    let mut facts = Vec::new();
    if let Some(standard) = &editor.standard {
        facts.push(("Standard", format!("{} · {}", standard.price, standard.ready)));
    }
    facts.push(("Menu", menu.join(", ")));
    facts.push(("Rules", rules.len().to_string()));
    facts.push(("Budget", budget));
    facts.push(("Live", format!("Revision {}", editor.live)));
    facts
}

/// The problems of a draft with links to the fields they are about; `page` is the editor's address, empty on it.
pub(super) fn problem_list(problems: &[Problem], source: &Source, page: &str) -> AnyView {
    if problems.is_empty() {
        return view! { <p class="admin-sound" data-testid="sound">"✓ Nothing keeps this draft from being published."</p> }
            .into_any();
    }
    let items = problems.iter().map(|problem| {
        let spot = spot(&problem.place, source);
        let place = match spot.anchor {
            Some(anchor) => {
                view! { <a class="link" href=format!("{page}#{anchor}")>{spot.words}</a> }.into_any()
            }
            None => view! { <strong>{spot.words}</strong> }.into_any(),
        };
        view! {
            <li data-testid="problem">{place} <p>{sentences(&problem.message, &problem.advice)}</p></li>
        }
    });
    view! {
        <div class="admin-problems">
            <h3 class="admin-subheading">{counted(problems.len(), "problem", "problems")}</h3>
            <ul>{items.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Whether an attribute's form is shown open.
pub(super) fn is_open(editor: &Editor, index: usize, code: &str) -> bool {
    let anchor = attribute_anchor(code);
    let touched = editor.saved.as_deref() == Some(&anchor) || editor.form(&anchor).came_back();
    touched || editor.problems_of_attribute(index) > 0
}
