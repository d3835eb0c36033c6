//! Behaviour of the composer.
