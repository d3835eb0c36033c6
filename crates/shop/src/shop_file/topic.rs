//! What information pages are about.

/// What an information page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Who runs the shop.
    Company,
    /// How it is reached.
    Contact,
    /// How and when things come.
    Delivery,
    /// How they are paid.
    Payment,
    /// What can be returned.
    Returns,
    /// What is kept of a person.
    Privacy,
}

impl Topic {
    /// Every topic, in the order in which they are linked.
    pub const ALL: [Self; 6] =
        [Self::Delivery, Self::Returns, Self::Payment, Self::Contact, Self::Company, Self::Privacy];
}
