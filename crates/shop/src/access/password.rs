//! Passwords: Argon2id with the crate's parameters (19 MiB, two passes, one lane: OWASP's first choice).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};

use crate::error::ShopError;

/// The hash of no password, to compare with where there is none: who is unknown shall not be told sooner.
pub(crate) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hash of a password with its salt and parameters, as a PHC string. Takes tens of milliseconds.
pub(crate) fn hash(password: &str, salt: [u8; 16]) -> Result<String, ShopError> {
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| ShopError::Failed(format!("the password could not be hashed: {error}")))?;
    Ok(hash.to_string())
}

/// Whether a password has this hash. Takes as long for a wrong one as for the right one.
pub(crate) fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verifies_what_it_hashed() {
        let hash = hash("correct horse", [7; 16]).unwrap();
        assert!(verify("correct horse", &hash));
        assert!(!verify("Correct horse", &hash));
        assert!(!verify("correct horse", "no hash"));
    }

    #[test]
    fn comparing_with_nobody_takes_the_same_work() {
        let real = hash("correct horse", [7; 16]).unwrap();
        let parameters = |text: &str| PasswordHash::new(text).map(|hash| hash.params.to_string()).unwrap();
        assert_eq!(parameters(NOBODY), parameters(&real));
        assert_eq!(NOBODY.len(), real.len());
        assert!(!verify("correct horse", NOBODY));
    }
}
