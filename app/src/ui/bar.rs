//! The bar that stays in view: what matters throughout, and the one way on. Where the screen is low it ends the page.

/// The bar, at the lower end of the screen.
pub const BAR: &str = concat!(
    "fixed inset-x-0 bottom-0 z-20 flex flex-wrap items-center justify-between gap-x-6 gap-y-1 bg-raised px-4 pt-2 ",
    "pb-[calc(8px+env(safe-area-inset-bottom))] shadow-float short:static forced-colors:border-t desk:px-10 desk:py-3"
);
/// What it says, at its beginning.
pub const MAIN: &str = "min-w-0 flex-auto";
/// A total.
pub const TOTAL: &str = "display text-2xl tabular-nums";
/// What changed of late.
pub const CHANGE: &str = "text-s font-semibold text-accent tabular-nums";
/// A fact beside the total.
pub const NOTE: &str = "text-s text-muted";
/// Its buttons, at its end.
pub const ACTIONS: &str = "ms-auto flex items-center gap-1";
