//! Tokens that open something, and the hashes that the store keeps of them.

use const_hex::encode as hex;
use sha2::{Digest, Sha256};

use crate::environment::Environment;

/// `N` random bytes in hexadecimal digits.
pub(crate) fn token<const N: usize>(environment: &dyn Environment) -> String {
    let mut bytes = [0; N];
    environment.random(&mut bytes);
    hex(bytes)
}

/// SHA-256 of a token in hexadecimal digits: enough for 256 random bits, which nobody can guess.
pub(crate) fn token_hash(token: &str) -> String {
    hex(sha256(token.as_bytes()))
}

/// First 16 hexadecimal digits of the SHA-256 of what is no secret.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    hex(&sha256(bytes)[..8])
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_fips_180_says() {
        assert_eq!(token_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
