//! Behaviour of the policies.
