//! How large amounts and numbers may be. That keeps every sum of a product far away from overflow.

/// Largest amount in minor units.
pub(crate) const LARGEST_AMOUNT: i64 = 1_000_000_000_000;
/// Largest number, and largest step between numbers.
pub(crate) const LARGEST_NUMBER: i64 = 1_000_000_000;
/// Most values of a number attribute.
pub(crate) const MOST_VALUES: i64 = 2_000;

pub(crate) fn is_amount(amount: i64) -> bool {
    amount.saturating_abs() <= LARGEST_AMOUNT
}

pub(crate) fn is_number(number: i64) -> bool {
    number.saturating_abs() <= LARGEST_NUMBER
}
