//! Where products are begun: from nothing, from another one, from a feature model, from a product's file.

use configurator::Slug;
use leptos::prelude::*;
use words::Assortment;

use super::form::{Form, Returned};
use super::kept::{keeping, kept_once};
use super::shell::{Frame, Rail, SINGLE, page};
use crate::paths::{self, route};
use crate::ui::field::{self, Entry, Field};
use crate::ui::form::{Post, act};
use crate::ui::{button, notice, text};

/// A way to begin on a page of its own.
const WAY: &str = "mt-6 max-w-[30rem] border-t border-line pt-5";

/// Everything that the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BeginPage {
    /// Products that can be copied.
    pub products: Vec<Entry>,
    /// The form that could not be taken, by what its button sends.
    pub returned: Option<Returned>,
    /// Most megabytes of a model and of a product's file.
    pub sizes: [usize; 2],
}

/// A product that was begun of a model that says more than a product can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Its address.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// What is not in the draft, and why.
    pub unsaid: Vec<(String, String)>,
}

/// What differs between the forms with a file.
#[derive(Clone, Copy, Debug)]
struct FileForm {
    way: &'static str,
    name_hint: &'static str,
    label: &'static str,
    accept: &'static str,
    button: &'static str,
}

/// The page on which products are begun.
#[must_use]
pub fn begin(frame: Frame, shown: &BeginPage) -> String {
    let say = frame.language.assortment();
    page(frame, say.new_product(), Rail::Products, || {
        let form = |way: &str| Form::new(way, shown.returned.as_ref(), frame.language);
        let [model, file] = shown.sizes.map(|size| size.to_string());
        let from_model = FileForm {
            way: "model",
            name_hint: "",
            label: say.model_file(),
            accept: ".uvl,.xml,.splx,.sxfm,.dimacs,.cnf",
            button: say.begin_model(),
        };
        let from_file = FileForm {
            way: "archive",
            name_hint: say.name_from_file(),
            label: say.product_file(),
            accept: ".json,application/json",
            button: say.begin_file(),
        };
        let copy = (!shown.products.is_empty()).then(|| copy(form("copy"), say, shown.products.clone()));
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{say.new_product()}</h1>
                {act(route::admin::NEW, || keeping(frame, false))}
                <p class=text::LEAD>{say.new_hint()}</p>
                {fresh(form("fresh"), say)}
                {copy}
                {with_file(form("model"), say, from_model, say.from_model(), say.from_model_hint(&model))}
                {with_file(form("archive"), say, from_file, say.from_file(), say.from_file_hint(&file))}
            </div>
        }
        .into_any()
    })
}

/// The page that tells what of a model is not in a draft.
#[must_use]
pub fn begun(frame: Frame, begun: &Begun) -> String {
    let say = frame.language.assortment();
    let title = say.begun_title(&begun.name);
    page(frame, &title, Rail::Products, || {
        let lines = begun.unsaid.iter().cloned().map(|(what, why)| {
            view! { <li><span class="wrap-anywhere">{what}</span> <p class=text::META>{why}</p></li> }
        });
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{title.clone()}</h1>
                <h2 class=text::HEADING>{say.unsaid_title(begun.unsaid.len() as u64)}</h2>
                <p class=text::HINT>{say.unsaid_hint()}</p>
                <ul class="mt-4 grid gap-2" data-testid="unsaid">{lines.collect_view()}</ul>
                <p class="mt-5"><a class=button::PRIMARY_SMALL href=paths::admin::product(&begun.slug)>{say.to_the_draft()}</a></p>
            </div>
        }
        .into_any()
    })
}

/// A field of a form that may come back.
fn field(form: Form, way: &str, name: &str, label: &str, hint: &str) -> Field {
    Field {
        id: format!("{way}-{name}"),
        name: name.to_owned(),
        label: label.to_owned(),
        value: form.text(name, ""),
        hint: hint.to_owned(),
        errors: form.message(name).into_iter().collect(),
        autocomplete: "off",
        ..Field::default()
    }
}

/// A way to begin: its title, what it is about, and its form.
fn way(form: Form, title: &'static str, hint: String, content: AnyView) -> AnyView {
    view! {
        <section class=WAY>
            <h2 class=text::HEADING>{title}</h2>
            <p class=text::LEAD>{hint}</p>
            {refused(form)}
            {content}
        </section>
    }
    .into_any()
}

/// Why a form came back that has no field for it.
fn refused(form: Form) -> Option<AnyView> {
    let why = form.message("")?;
    Some(notice::alert(view! { <p>{why}</p> }.into_any(), "not-begun"))
}

fn names(form: Form, way: &str, say: &Assortment, name_hint: &str) -> AnyView {
    view! {
        {kept_once(way, form.came_back())}
        {Field { required: name_hint.is_empty(), ..field(form, way, "name", say.product_name(), name_hint) }.text("text")}
        {field(form, way, "address", say.address(), say.address_hint()).text("text")}
    }
    .into_any()
}

fn fresh(form: Form, say: &'static Assortment) -> AnyView {
    let currency = field(form, "fresh", "currency", say.currency(), say.currency_hint());
    let currency = Field { value: form.text("currency", "EUR"), required: true, ..currency };
    let attribute = field(form, "fresh", "attribute", say.first_attribute(), say.first_attribute_hint());
    let options = field(form, "fresh", "options", say.first_options(), say.first_options_hint());
    let content = view! {
        {Post::to(route::admin::NEW).judged_here().form(|| view! {
            {names(form, "fresh", say, "")}
            {currency.text("text")}
            {Field { required: true, ..attribute }.text("text")}
            {Field { required: true, ..options }.area(4, false)}
            <button type="submit" class=button::PRIMARY_SMALL name="do" value="fresh" data-testid="begin">{say.begin()}</button>
        }.into_any())}
    };
    way(form, say.from_nothing(), say.from_nothing_hint().to_owned(), content.into_any())
}

fn copy(form: Form, say: &'static Assortment, products: Vec<Entry>) -> AnyView {
    let product = field(form, "copy", "product", say.copied_product(), "");
    let content = view! {
        {Post::to(route::admin::NEW).judged_here().form(|| view! {
            {product.select(products)}
            {names(form, "copy", say, "")}
            <button type="submit" class=button::QUIET name="do" value="copy" data-testid="begin-copy">{say.begin_copy()}</button>
        }.into_any())}
    };
    way(form, say.from_copy(), say.from_copy_hint().to_owned(), content.into_any())
}

fn with_file(
    form: Form,
    say: &'static Assortment,
    file: FileForm,
    title: &'static str,
    hint: String,
) -> AnyView {
    let id = format!("{}-file", file.way);
    let currency = (file.way == "model").then(|| {
        let currency = field(form, file.way, "currency", say.currency(), say.currency_hint());
        Field { value: form.text("currency", "EUR"), required: true, ..currency }.text("text")
    });
    let content = view! {
        {Post::to(route::admin::NEW_FILE).with_file().judged_here().form(|| view! {
            {names(form, file.way, say, file.name_hint)}
            {currency}
            <div class=field::FIELD>
                <label class=field::LABEL for=id.clone()>{file.label}</label>
                <input class=field::INPUT id=id.clone() type="file" name="file" accept=file.accept required />
            </div>
            <button type="submit" class=button::QUIET name="do" value=file.way data-testid=format!("begin-{}", file.way)>{file.button}</button>
        }.into_any())}
    };
    way(form, title, hint, content.into_any())
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;

    #[test]
    fn a_form_that_came_back_shows_what_was_typed() {
        let typed = [("name".to_owned(), "Lamp".to_owned())].into_iter().collect();
        let returned = Returned { form: "fresh".to_owned(), typed, ..Returned::default() };
        let form = |way: &str| Form::new(way, Some(&returned), Language::ENGLISH);
        assert_eq!(field(form("fresh"), "fresh", "name", "Name", "").value, "Lamp");
        assert_eq!(field(form("copy"), "copy", "name", "Name", "").value, "");
    }
}
