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

/// Most characters that are looked at: a longer password is none of those that are tried first.
const MOST_JUDGED: usize = 64;

/// Whether a password is among the first million that are tried: on a list of common ones, a row of keys, a date, the e-mail
/// address, or little more than one of these. The lists and the reckoning are zxcvbn's (Wheeler, USENIX Security 2016).
pub(crate) fn is_common(password: &str, email: &str) -> bool {
    let judged: String = password.chars().take(MOST_JUDGED).collect();
    let own: Vec<&str> = email.split(['@', '.']).chain(email.split('@')).chain([email, "atelier"]).collect();
    zxcvbn::zxcvbn(&judged, &own).score() < zxcvbn::Score::Two
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

    #[test]
    fn passwords_that_are_tried_first_are_common() {
        for common in [
            "1234567890",
            "qwertyuiop",
            "password123",
            "Password1234",
            "P@ssw0rd123",
            "iloveyou123",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "mia@example.org",
            "example.org",
            "0987654321",
            "1q2w3e4r5t6y",
        ] {
            assert!(is_common(common, "mia@example.org"), "{common}");
        }
        let long = "word ".repeat(50);
        for rare in ["correct horse battery", "another horse", "a kiln and a wheel", "Xq7#mmPz0L", &long] {
            assert!(!is_common(rare, "mia@example.org"), "{rare}");
        }
    }
}
