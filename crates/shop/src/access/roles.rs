//! Roles, and what each of them may do: the one table of it.

/// What somebody looks after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything, and who else may do what.
    Administrator,
    /// Products, campaigns and segments.
    Merchandiser,
    /// Orders.
    Production,
    /// Reads products and orders.
    Viewer,
}

/// A text that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no role; the roles are administrator, merchandiser, production and viewer")]
pub struct UnknownRole(pub String);

/// Something that not every role may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Capability {
    /// Read products, drafts and revisions.
    SeeProducts,
    /// Begin products and change drafts and prices.
    EditDrafts,
    /// Decide what shoppers see: publish, roll back, withdraw, hide.
    Publish,
    /// Say what is sold out.
    KeepStock,
    /// Read orders, with their buyers.
    SeeOrders,
    /// Change the state of orders, and note things on them.
    WorkOnOrders,
    /// Read what is known about customers.
    SeeCustomers,
    /// Keep and remove segments.
    EditSegments,
    /// Make and end campaign links.
    RunCampaigns,
    /// Start and end experiments.
    RunExperiments,
    /// Look after their own account.
    OwnAccount,
    /// Change the shop's settings.
    EditSettings,
    /// Invite and remove people, give roles, end sessions, read what was done.
    ManagePeople,
}

impl Role {
    /// Every role, the most powerful first.
    pub const ALL: [Self; 4] = [Self::Administrator, Self::Merchandiser, Self::Production, Self::Viewer];

    /// The word that forms, commands and databases have for it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Merchandiser => "merchandiser",
            Self::Production => "production",
            Self::Viewer => "viewer",
        }
    }

    /// Whether it may do this.
    #[must_use]
    pub fn may(self, capability: Capability) -> bool {
        capability.roles().contains(&self)
    }
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let known = Self::ALL.into_iter().find(|role| role.code() == text);
        known.ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

impl TryFrom<String> for Role {
    type Error = UnknownRole;

    fn try_from(text: String) -> Result<Self, UnknownRole> {
        text.parse()
    }
}

impl Capability {
    /// The roles that may do it, the most powerful first.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        use Role::{Administrator, Merchandiser, Production, Viewer};
        match self {
            Self::SeeProducts | Self::SeeOrders | Self::OwnAccount => {
                &[Administrator, Merchandiser, Production, Viewer]
            }
            Self::EditDrafts
            | Self::Publish
            | Self::SeeCustomers
            | Self::EditSegments
            | Self::RunCampaigns
            | Self::RunExperiments => &[Administrator, Merchandiser],
            Self::KeepStock => &[Administrator, Merchandiser, Production],
            Self::WorkOnOrders => &[Administrator, Production],
            Self::ManagePeople | Self::EditSettings => &[Administrator],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Capability, Role};

    #[test]
    fn a_role_is_read_as_it_is_written() {
        for role in Role::ALL {
            assert_eq!(role.code().parse(), Ok(role));
        }
        let error = "owner".parse::<Role>().unwrap_err();
        assert!(error.to_string().starts_with("“owner” is no role; the roles are administrator, "));
    }

    #[test]
    fn each_works_on_their_own_and_nobody_else_gives_roles() {
        assert!(
            Role::Merchandiser.may(Capability::Publish) && !Role::Merchandiser.may(Capability::WorkOnOrders)
        );
        assert!(
            Role::Production.may(Capability::WorkOnOrders) && !Role::Production.may(Capability::EditDrafts)
        );
        assert!(Role::Viewer.may(Capability::SeeOrders) && !Role::Viewer.may(Capability::SeeCustomers));
        let givers = Role::ALL.into_iter().filter(|role| role.may(Capability::ManagePeople));
        assert_eq!(givers.collect::<Vec<_>>(), [Role::Administrator]);
    }
}
