//! Advice for names that do not exist: which ones were probably meant.

/// Most bytes of a name that are compared.
const LONGEST: usize = 64;
/// Nobody writes names in a browser: there is no advice there, and no code for it.
const IS_ADVISED: bool = cfg!(not(target_arch = "wasm32"));

/// "Did you mean 'red' or 'rose'?", or what there is when nothing comes close.
#[must_use]
pub fn nearest<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> String {
    if !IS_ADVISED {
        return String::new();
    }
    // A name that could not be read is empty.
    let mut names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    match close(wanted, &names)[..] {
        [] if names.is_empty() => "There are none to choose from.".to_owned(),
        [] => {
            let shown = names.len().min(8);
            let more = if names.len() > shown { ", …" } else { "" };
            format!("Choose from {}{more}.", names[..shown].join(", "))
        }
        [(_, one)] => format!("Did you mean '{one}'?"),
        [(_, one), (_, other), ..] => format!("Did you mean '{one}' or '{other}'?"),
    }
}

/// The one name that comes closest, if it comes close.
#[must_use]
pub fn meant<'n>(wanted: &str, names: &[&'n str]) -> Option<&'n str> {
    if !IS_ADVISED {
        return None;
    }
    match close(wanted, names)[..] {
        [(_, one)] => Some(one),
        [(best, one), (second, _), ..] if best < second => Some(one),
        _ => None,
    }
}

/// The names that were probably meant and how far they are from what was written, best first.
fn close<'n>(wanted: &str, names: &[&'n str]) -> Vec<(usize, &'n str)> {
    // Input of any length gets here; nobody means a name by this much.
    let wanted = &wanted[..wanted.floor_char_boundary(LONGEST)];
    let mut close: Vec<(usize, &str)> =
        names.iter().map(|name| (strsim::damerau_levenshtein(wanted, name), *name)).collect();
    let best = close.iter().map(|(distance, _)| *distance).min().unwrap_or(0);
    let most = (1 + wanted.chars().count() / 3).min(best + 1);
    close.retain(|(distance, _)| *distance <= most);
    close.sort_unstable();
    close
}
