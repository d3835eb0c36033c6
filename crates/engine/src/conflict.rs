//! Minimal conflicts: the smallest part of a list that is impossible already.

/// A part of `items` that is impossible, while it is possible without any of its members; members that come first in the
/// list are preferred. Asks `possible` about few parts where the conflict is small. `items` as a whole must be impossible,
/// and nothing at all possible (U. Junker, "QuickXplain: preferred explanations and relaxations for over-constrained
/// problems", 2004).
pub(crate) fn minimal_conflict<T: Clone>(items: &[T], possible: &mut impl FnMut(&[T]) -> bool) -> Vec<T> {
    shrink(&mut Vec::new(), false, items, possible)
}

/// The part of `items` that belongs to a minimal conflict with `background`. `grown` says whether the background has grown
/// since it was last found to be possible.
fn shrink<T: Clone>(
    background: &mut Vec<T>,
    grown: bool,
    items: &[T],
    possible: &mut impl FnMut(&[T]) -> bool,
) -> Vec<T> {
    if grown && !possible(background) {
        return Vec::new();
    }
    if items.len() <= 1 {
        return items.to_vec();
    }
    let (first, second) = items.split_at(items.len() / 2);
    let length = background.len();
    background.extend_from_slice(first);
    let of_second = shrink(background, true, second, possible);
    background.truncate(length);
    background.extend_from_slice(&of_second);
    let mut found = shrink(background, !of_second.is_empty(), first, possible);
    background.truncate(length);
    found.extend(of_second);
    found
}
