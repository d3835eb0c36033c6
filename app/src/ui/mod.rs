//! The kit that every page is made of. A component is a file: constants with the classes of its parts, for views that are
//! written out (those in the browser above all, where every further type or closure weighs), and where it has structure a
//! function or a small builder that makes the whole. Native elements do the work underneath. Words are handed in. The page
//! `/ui` of debug builds shows everything here in every state.

pub mod bar;
pub mod button;
pub mod card;
pub mod chart;
pub mod choice;
pub mod dialog;
pub mod disclosure;
pub mod empty;
pub mod field;
pub mod link;
pub mod menu;
pub mod meter;
pub mod notice;
pub mod panel;
pub mod progress;
pub mod slider;
pub mod swatch;
pub mod table;
pub mod tabs;
pub mod text;
pub mod values;
