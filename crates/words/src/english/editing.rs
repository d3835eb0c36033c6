//! What the editor of a draft says of itself.

use super::PLURAL;
use crate::editing::{Editing, EditingTexts};

pub(super) const EDITING: Editing = Editing { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: EditingTexts = EditingTexts {
    saving: "Saving…",
    saved: "Saved",
    unsaved: "Not saved",
    wrong: "Not saved: something can't be taken as it is. It is marked.",
    clash: "Not saved: somebody changed the same meanwhile. Look at both, then press Save.",
    asks: "Not saved: there is a question to answer first.",
    logged_out: "Not saved: you are logged out. {link} in another tab; everything stays here and is saved then.",
    log_in: "Log in",
    away: "Not saved: the shop can't be reached. Everything stays here, and it is tried again by itself.",
    refused: "Not saved: {reason}. Everything stays here.",
    gone: "Not saved: somebody removed this part meanwhile. Copy what you typed before you leave.",
    mend_first: "Nothing was done yet: something on this page could not be saved. It is marked.",
    put_back: "What was typed here before is put back. It is not saved yet.",
    not_put_back: "This was typed in a part that is gone: {texts}",
    forget: "Forget it",
    try_now: "Save now",
    show_it: "Show it",
    sections: "Sections",
    all_sections: "All on one page",
    open_alone: "{section}: open it",
    one_at_a_time: "Here one section is open at a time: each is saved by its own button.",
    no_design: "No design is valid any more.",
    exclude_each_other: "These exclude each other. Change or remove one of them:",
    excludes_all: "This alone allows nothing. Change or remove it:",
    to_analysis: "Look into the draft",
    find_option: "Find an option by name or code",
    find: "Find",
    shown_options: "Options {first} to {last} of {all}",
    found_options: "{first} to {last} of {found} options with “{text}” in their name or code",
    none_found: "No option has “{text}” in its name or code.",
    all_options: "All options",
    earlier_options: "Earlier options",
    later_options: "Later options",
    now_at_place: "{option} is at place {place} of the list now.",
};
