//! What starts something. One `PRIMARY` a view; `QUIET` for other actions, `PLAIN` where several stand in a row, `ICON` for a
//! sign alone (it needs an `aria-label`). `aria-pressed` shows what is on, `aria-busy` what is being done.
//! A link that leads on may look like one, too.

macro_rules! button {
    ($look:literal, $size:literal) => {
        concat!(
            "inline-flex max-w-full shrink-0 items-center justify-center gap-2 rounded-s border py-2 text-center wrap-anywhere ",
            "cursor-pointer eased disabled:cursor-default disabled:opacity-40 ",
            "aria-busy:cursor-progress motion-safe:aria-busy:animate-pulse aria-busy:border-dashed aria-busy:border-current forced-colors:disabled:opacity-100 ",
            $look,
            " ",
            $size
        )
    };
}

macro_rules! primary {
    ($size:literal) => {
        button!(
            "border-transparent bg-accent font-semibold text-on-accent hover:not-disabled:bg-accent-strong forced-colors:forced-color-adjust-none forced-colors:bg-[ButtonText] forced-colors:text-[ButtonFace] forced-colors:hover:not-disabled:bg-[Highlight] forced-colors:hover:not-disabled:text-[HighlightText]",
            $size
        )
    };
}

macro_rules! quiet {
    ($size:literal) => {
        button!(
            "border-line bg-raised font-medium text-ink hover:not-disabled:border-ink aria-pressed:border-accent aria-pressed:bg-accent-soft forced-colors:aria-pressed:bg-[Highlight] forced-colors:aria-pressed:text-[HighlightText] forced-colors:aria-pressed:forced-color-adjust-none",
            $size
        )
    };
}

macro_rules! plain {
    ($size:literal) => {
        button!(
            "border-transparent font-medium text-ink hover:not-disabled:bg-hover aria-pressed:bg-accent-soft forced-colors:aria-pressed:bg-[Highlight] forced-colors:aria-pressed:text-[HighlightText] forced-colors:aria-pressed:forced-color-adjust-none",
            $size
        )
    };
}

/// The one action a view is about.
pub const PRIMARY: &str = primary!("min-h-11 px-5");
/// The one action, over the whole width.
pub const PRIMARY_WIDE: &str = primary!("w-full min-h-13 px-5");
/// The one action in a dense row.
pub const PRIMARY_SMALL: &str = primary!("min-h-10 px-4");
/// Any other action.
pub const QUIET: &str = quiet!("min-h-11 px-5");
/// Any other action, over the whole width.
pub const QUIET_WIDE: &str = quiet!("w-full min-h-13 px-5");
/// Any other action in a dense row.
pub const QUIET_SMALL: &str = quiet!("min-h-10 px-3.5");
/// An action whose words are a sentence, such as a way out of a conflict.
pub const QUIET_SENTENCE: &str = quiet!("min-h-11 px-5 text-start");
/// An action beside others.
pub const PLAIN: &str = plain!("min-h-11 px-3");
/// An action that only a script can do; on phones its sign alone, its word in an element of class [`WORD`].
pub const SCRIPTED: &str =
    plain!("min-h-11 px-3 not-alive:hidden max-desk:min-w-10 max-desk:px-1 max-desk:text-l");
/// The word beside a sign that is enough where there is little room.
pub const WORD: &str = "max-desk:sr-only";
/// An action told by a sign.
pub const ICON: &str = plain!("min-h-10 min-w-10 px-1 text-[1.1em] text-soft");
/// Several in a row.
pub const ROW: &str = "flex flex-wrap items-center gap-2";
