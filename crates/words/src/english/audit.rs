//! What the audit's page says.

use super::PLURAL;
use crate::audit::{Audit, AuditTexts};

pub(crate) const AUDIT: Audit = Audit { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: AuditTexts = AuditTexts {
    title: "Audit",
    hint: "Who did what when. Each line carries a hash over itself and the line before, so a line that is changed or taken out later is found.",
    whole_audit: "The whole audit",
    by: "Who, by e-mail",
    about: "To which product or person",
    kind: "About",
    every_kind: "Everything",
    log_ins: "Log-ins",
    people: "People",
    products: "Products",
    customers_data: "Customers’ data",
    from_day: "From",
    to_day: "To",
    show: "Show",
    show_all: "Show everything",
    not_days: "One of these is no day. Write it as 2027-01-31.",
    download: "Download as CSV",
    nothing: "Nothing like this was done. Ask for less, or show everything.",
    nothing_yet: "Nothing was done yet.",
    older: "Older",
    newest: "Newest",
    somebody: "Somebody",
    check: "Check every hash",
    check_hint: "Reads all of the audit and says whether anything was changed. On the server, “atelier audit verify” does the same.",
    is_whole: "Whole: 1 entry is as it was noted. The last hash is {hash}; noted elsewhere, it proves later that nothing up to here was changed or cut off.|Whole: all {count} entries are as they were noted. The last hash is {hash}; noted elsewhere, it proves later that nothing up to here was changed or cut off.",
    older_than_hashes: "1 entry is older than hashes and can’t be checked.|{count} entries are older than hashes and can’t be checked.",
    is_not_whole: "Not whole: 1 entry is not as it was noted.|Not whole: {count} entries are not as they were noted.",
    fault_changed: "{at}: this entry was changed, or one before it was taken out or put in.",
    fault_unhashed: "{at}: this entry has no hash. An older release noted it, or something that is not the shop.",
    more_faults: "And 1 more.|And {count} more.",
    what_now: "Compare with a backup from before, and ask who can write to the database.",
    did_log_in: "Logged in",
    did_log_out: "Logged out",
    did_fail_to_log_in: "Tried to log in as {email} with a wrong password",
    did_type_wrong_code: "Knew the password of {email}, and typed a wrong code",
    did_edit: "Edited the draft of {product}",
    did_erase: "Erased the data of customer {customer}",
};
