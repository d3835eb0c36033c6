//! Forms that change something, for those who may send them. Who may is said once, where a page begins ([`Rights`] in its context): a
//! form that somebody may not send is not there, or a sheet whose fields they read.

use std::fmt;
use std::sync::Arc;

use leptos::prelude::*;

/// The addresses to which the reader of a page may send forms.
#[derive(Clone)]
pub struct Rights(Arc<dyn Fn(&str) -> bool + Send + Sync>);

impl fmt::Debug for Rights {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Rights")
    }
}

impl Rights {
    /// Those for which this says yes.
    pub fn new(may_send: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(may_send))
    }

    /// Those of somebody who may send everything.
    #[must_use]
    pub fn all() -> Self {
        Self::new(|_| true)
    }

    /// Whether forms may be sent to this address.
    #[must_use]
    pub fn may_send(&self, address: &str) -> bool {
        (self.0)(address)
    }
}

/// Whether the reader may send forms to this address. Everybody may where nobody said who.
#[must_use]
pub fn may_send(address: &str) -> bool {
    use_context::<Rights>().is_none_or(|rights| rights.may_send(address))
}

/// What is there for those alone who may send forms to this address: buttons of a sheet, what stands around a form.
pub fn act(address: &str, view: impl FnOnce() -> AnyView) -> Option<AnyView> {
    may_send(address).then(view)
}

/// A form that changes something.
#[derive(Clone, Debug, Default)]
pub struct Post {
    action: String,
    class: String,
    has_file: bool,
    is_judged_here: bool,
    id: Option<&'static str>,
    test: Option<&'static str>,
}

impl Post {
    /// A form that is sent to an address.
    pub fn to(action: impl Into<String>) -> Self {
        Self { action: action.into(), ..Self::default() }
    }

    /// With these classes.
    #[must_use]
    pub fn class(self, class: impl Into<String>) -> Self {
        Self { class: class.into(), ..self }
    }

    /// With a file in it.
    #[must_use]
    pub fn with_file(self) -> Self {
        Self { has_file: true, ..self }
    }

    /// Judged by the server alone, which says what is wrong in the page's language.
    #[must_use]
    pub fn judged_here(self) -> Self {
        Self { is_judged_here: true, ..self }
    }

    /// With an id, by which a button elsewhere on the page sends it.
    #[must_use]
    pub fn id(self, id: &'static str) -> Self {
        Self { id: Some(id), ..self }
    }

    /// With a name for tests.
    #[must_use]
    pub fn test(self, test: &'static str) -> Self {
        Self { test: Some(test), ..self }
    }

    /// The form; nothing for whoever may not send it.
    pub fn form(self, fields: impl FnOnce() -> AnyView) -> Option<AnyView> {
        may_send(&self.action).then(|| self.whole(fields()))
    }

    /// The form; for whoever may not send it, a sheet with the same fields, which can't be used; its buttons are an [`act`] each.
    pub fn sheet(self, fields: impl FnOnce() -> AnyView) -> AnyView {
        let fields = fields();
        if may_send(&self.action) {
            return self.whole(fields);
        }
        view! { <fieldset class=self.class disabled data-testid=self.test>{fields}</fieldset> }.into_any()
    }

    fn whole(self, fields: AnyView) -> AnyView {
        let Self { action, class, has_file, is_judged_here, id, test } = self;
        let class = (!class.is_empty()).then_some(class);
        let encoding = has_file.then_some("multipart/form-data");
        view! {
            <form method="post" action=action id=id class=class enctype=encoding novalidate=is_judged_here data-testid=test>
                {fields}
            </form>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A form to this address as it is shown to somebody who may send to `/open` alone.
    fn shown(address: &str, is_sheet: bool) -> String {
        let owner = Owner::new();
        owner.with(|| {
            provide_context(Rights::new(|address| address == "/open"));
            let button = || view! { <button>"Save"</button> }.into_any();
            let fields = || view! { <input name="n" /> {act(address, button)} }.into_any();
            let post = Post::to(address);
            if is_sheet { post.sheet(fields) } else { post.form(fields).into_any() }.to_html()
        })
    }

    #[test]
    fn whoever_may_not_send_a_form_reads_its_sheet_or_has_none() {
        for is_sheet in [false, true] {
            let form = shown("/open", is_sheet);
            assert!(form.starts_with("<form method=\"post\" action=\"/open\""), "{form}");
            assert!(form.contains("<button"), "{form}");
        }
        let sheet = shown("/closed", true);
        assert!(sheet.starts_with("<fieldset") && sheet.contains(" disabled"), "{sheet}");
        assert!(
            sheet.contains("<input") && !sheet.contains("<button") && !sheet.contains("<form"),
            "{sheet}"
        );
        let none = shown("/closed", false);
        assert!(!none.contains("<input") && !none.contains("<button"), "{none}");
    }

    #[test]
    fn where_nobody_said_who_may_everybody_does() {
        assert!(Owner::new().with(|| may_send("/anywhere")));
    }
}
