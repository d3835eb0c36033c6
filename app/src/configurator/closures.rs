//! Closures of the page under one type for each purpose: a view or attribute of another type is code of its own in the
//! browser, and every closure has a type of its own.

use std::sync::Arc;

use leptos::ev::MouseEvent;

/// Words that follow the design.
pub type Words = Arc<dyn Fn() -> String + Send + Sync>;
/// Words that are there or not, as the design has it.
pub type MaybeWords = Arc<dyn Fn() -> Option<String> + Send + Sync>;
/// Whether something holds of the design.
pub type Flag = Arc<dyn Fn() -> bool + Send + Sync>;
/// What answers an event.
pub type Handler<E> = Box<dyn FnMut(E)>;

pub fn words(read: impl Fn() -> String + Send + Sync + 'static) -> Words {
    Arc::new(read)
}

pub fn maybe_words(read: impl Fn() -> Option<String> + Send + Sync + 'static) -> MaybeWords {
    Arc::new(read)
}

pub fn flag(read: impl Fn() -> bool + Send + Sync + 'static) -> Flag {
    Arc::new(read)
}

pub fn handler<E>(answer: impl FnMut(E) + 'static) -> Handler<E> {
    Box::new(answer)
}

/// What a plain click on a link does instead of loading the link's page.
pub fn instead(act: impl Fn() + 'static) -> Handler<MouseEvent> {
    Box::new(move |event| {
        if !opens_elsewhere(&event) {
            event.prevent_default();
            act();
        }
    })
}

/// Whether a click on a link opens or saves it elsewhere: then this page has nothing to do.
fn opens_elsewhere(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()
}
