//! The bar that stays in view: what matters throughout, and the one way on. Where the screen is low it ends the page. On
//! phones it is one row, which opens to the rest.

/// The bar, at the lower end of the screen. On wide screens what is in it stands in line with the page.
pub const BAR: &str = concat!(
    "group/bar fixed inset-x-0 bottom-0 z-20 flex flex-wrap items-center justify-between gap-x-6 gap-y-1 bg-raised px-4 pt-2 ",
    "pb-[calc(8px+env(safe-area-inset-bottom))] floating forced-colors:border-t short:static short:border-t short:border-line short:bg-transparent short:[box-shadow:none] ",
    "max-desk:gap-x-2 desk:px-[max(40px,50%-680px)] desk:py-3"
);
/// A row over the rest that is always as high, so that what comes and goes in it moves and covers nothing.
pub const ASIDE: &str = "flex min-h-11 min-w-0 basis-full items-center justify-end gap-x-4";
/// The same where phones, whose first screen has no room for it, have it only once something is chosen.
pub const ASIDE_LATER: &str =
    "flex min-h-11 min-w-0 basis-full items-center justify-end gap-x-4 max-desk:hidden";
/// What it says, at its beginning: a `details` that opens to the lines of the total.
pub const MAIN: &str =
    "group/main min-w-min flex-auto basis-24 max-desk:open:min-w-0 max-desk:open:basis-full";
/// Its `summary`.
pub const SUMMARY: &str = concat!(
    "grid min-h-11 cursor-pointer list-none content-center desk:flex desk:flex-wrap desk:items-baseline desk:gap-x-2.5 ",
    "[&::-webkit-details-marker]:hidden"
);
/// A total, with a sign that there is more.
pub const TOTAL: &str = concat!(
    "display text-2xl whitespace-nowrap tabular in-aria-busy:opacity-60 ",
    "after:ms-1.5 after:align-middle after:text-[0.5em] after:text-muted ",
    "after:content-['▴'_/_''] group-open/main:after:content-['▾'_/_'']"
);
/// What changed of late. On phones it takes the place of the note, so that the bar keeps its height.
pub const CHANGE: &str = concat!(
    "peer text-s font-semibold whitespace-nowrap text-accent tabular ",
    "max-desk:col-start-1 max-desk:row-start-2 max-desk:text-[0.72rem] max-desk:leading-tight"
);
/// A fact beside the total.
pub const NOTE: &str = concat!(
    "text-s text-muted max-desk:col-start-1 max-desk:row-start-2 max-desk:text-[0.72rem] max-desk:leading-tight ",
    "max-desk:peer-not-empty:invisible"
);
/// What the total is made of: on wide screens a sheet over the bar.
pub const SHEET: &str = concat!(
    "max-h-[45svh] overflow-y-auto max-desk:py-2 desk:absolute desk:start-[max(24px,50%-696px)] desk:bottom-[calc(100%+8px)] ",
    "desk:max-h-[72svh] desk:w-[min(28rem,50vw)] desk:rounded-l desk:bg-raised desk:px-5 desk:py-4 desk:floating ",
    "forced-colors:border short:static short:max-h-none short:[box-shadow:none]"
);
/// Its buttons, at its end.
pub const ACTIONS: &str = "ms-auto flex items-center gap-1";
