//! What leads elsewhere. In running text `LINK`; alone on its line, where a finger needs room, `STANDING`; `SUBTLE` where it
//! should not draw the eye. A button that reads like a link takes the same.

/// A link in running text.
pub const LINK: &str =
    "cursor-pointer wrap-anywhere text-accent underline decoration-1 underline-offset-3 hover:decoration-2";
/// A link on a line of its own.
pub const STANDING: &str = "inline-flex min-h-11 cursor-pointer items-center wrap-anywhere text-accent underline decoration-1 underline-offset-3 hover:decoration-2";
/// A link beside the matter.
pub const SUBTLE: &str = "cursor-pointer rounded-s px-2 py-1 -mx-2 text-s text-muted underline decoration-1 underline-offset-3 hover:text-ink";
/// Leads past what every page begins with; seen once it has the focus.
pub const SKIP: &str = "absolute start-4 -top-16 z-50 rounded-s bg-raised px-5 py-3 focus:top-3";
