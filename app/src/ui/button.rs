//! What starts something. One `PRIMARY` a view; `QUIET` for other actions, `PLAIN` where several stand in a row, `ICON` for a
//! sign alone (it needs an `aria-label`). `aria-pressed` shows what is on, `aria-busy` what is being done.
//! A link that leads on may look like one, too.

/// The one action a view is about.
pub const PRIMARY: &str = "button button-primary min-h-11 px-5";
/// The one action, over the whole width.
pub const PRIMARY_WIDE: &str = "button button-primary w-full min-h-13 px-5";
/// The one action in a dense row.
pub const PRIMARY_SMALL: &str = "button button-primary min-h-10 px-4";
/// Any other action.
pub const QUIET: &str = "button button-quiet min-h-11 px-5";
/// Any other action, over the whole width.
pub const QUIET_WIDE: &str = "button button-quiet w-full min-h-13 px-5";
/// Any other action in a dense row.
pub const QUIET_SMALL: &str = "button button-quiet min-h-10 px-3.5";
/// An action whose words are a sentence, such as a way out of a conflict.
pub const QUIET_SENTENCE: &str = "button button-quiet min-h-11 px-5 text-start";
/// An action beside others.
pub const PLAIN: &str = "button button-plain min-h-11 px-3";
/// The same, in words that may take more than a line.
pub const PLAIN_SENTENCE: &str = "button button-plain min-h-11 px-3 text-start";
/// An action that only a script can do; on phones its sign alone, its word in an element of class [`WORD`].
pub const SCRIPTED: &str =
    "button button-plain min-h-11 px-3 not-alive:hidden max-desk:min-w-10 max-desk:px-1 max-desk:text-l";
/// The word beside a sign that is enough where there is little room.
pub const WORD: &str = "max-desk:sr-only";
/// An action told by a sign.
pub const ICON: &str = "button button-plain min-h-10 min-w-10 px-1 text-[1.1em] text-soft";
/// Several in a row.
pub const ROW: &str = "flex flex-wrap items-center gap-2";
