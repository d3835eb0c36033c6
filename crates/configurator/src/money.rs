//! Amounts of money: whole minor units with their currency.

use std::fmt;

use engine::model::Rounding;
use words::{Locale, NumberError};

/// Currencies in use (ISO 4217, list one of 2026), without funds, metals and test codes.
#[cfg(feature = "file")]
const IN_USE: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY \
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS \
    INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP \
    MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR \
    SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND \
    VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// An ISO 4217 currency code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// ISO 4217's code for no currency.
    pub const NONE: Self = Self(*b"XXX");

    /// Reads a code of three upper-case letters; `None` for anything else.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// Whether ISO 4217 lists it among the currencies in use, as of 2026.
    #[cfg(feature = "file")]
    #[must_use]
    pub fn is_in_use(self) -> bool {
        IN_USE.split_ascii_whitespace().any(|code| code == self.code())
    }

    /// The code, such as `EUR`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many digits the minor unit has (ISO 4217): 2 for most, 0 for yen and won, 3 for some dinars.
    #[must_use]
    pub fn digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// Minor units of one whole unit: 100 cents of a euro.
    #[must_use]
    pub fn minor_units(self) -> i64 {
        10_i64.pow(self.digits())
    }

    /// How people write it.
    #[must_use]
    pub fn symbol(&self) -> &str {
        match &self.0 {
            b"EUR" => "€",
            b"USD" => "$",
            b"GBP" => "£",
            b"JPY" => "¥",
            _ => self.code(),
        }
    }
}

/// An amount in minor units of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units (cents); negative for a reduction.
    pub amount: i64,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// An amount of minor units.
    #[must_use]
    pub fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// The amount as a language writes it: symbol, thousands in groups, decimals only where there are any.
    #[must_use]
    pub fn written(self, locale: &Locale) -> String {
        locale.money(self.amount, self.currency.digits(), self.currency.symbol())
    }

    /// The amount with its sign, `+€18` or `−€40`; an empty text when it is nothing.
    #[must_use]
    pub fn signed(self, locale: &Locale) -> String {
        locale.signed_money(self.amount, self.currency.digits(), self.currency.symbol())
    }

    /// The VAT in an amount that includes it, at a rate in hundredths of a percent.
    #[must_use]
    pub fn vat(self, rate: u32) -> Self {
        let rate = i64::from(rate);
        Self { amount: scaled(self.amount, rate, 10_000 + rate), ..self }
    }

    /// The amount as a plain decimal number such as `1248.50`, as forms and machines want it.
    #[must_use]
    pub fn decimal(self) -> String {
        let digits = self.currency.digits();
        let unit = 10_u64.pow(digits);
        let whole = self.amount.unsigned_abs() / unit;
        let sign = if self.amount < 0 { "-" } else { "" };
        if digits == 0 {
            format!("{sign}{whole}")
        } else {
            let rest = self.amount.unsigned_abs() % unit;
            format!("{sign}{whole}.{rest:0width$}", width = digits as usize)
        }
    }

    /// Reads an amount as people write it in a language.
    ///
    /// # Errors
    /// See [`NumberError`].
    pub fn read(text: &str, currency: Currency, locale: &Locale) -> Result<Self, NumberError> {
        let amount = locale.read(text, currency.digits(), &[currency.symbol(), currency.code()])?;
        Ok(Self { amount, currency })
    }

    /// The same, asking about what may be thousands or decimals however the language has it.
    ///
    /// # Errors
    /// See [`NumberError`].
    pub fn read_surely(text: &str, currency: Currency, locale: &Locale) -> Result<Self, NumberError> {
        let amount = locale.read_surely(text, currency.digits(), &[currency.symbol(), currency.code()])?;
        Ok(Self { amount, currency })
    }
}

/// As in English: `€1,248`, `−€0.50`.
impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.written(&Locale::ENGLISH))
    }
}

/// `amount * each / per`, rounded half away from zero: the one way in which amounts are rounded.
pub(crate) fn scaled(amount: i64, each: i64, per: i64) -> i64 {
    Rounding::HalfAwayFromZero.divide(i128::from(amount) * i128::from(each), per.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: i64, code: &str) -> Money {
        Money::new(amount, Currency::new(code).unwrap())
    }

    #[test]
    fn shows_amounts_as_people_write_them() {
        for (amount, code, shown) in [
            (124_800, "EUR", "€1,248"),
            (-50, "EUR", "−€0.50"),
            (123_456_789, "USD", "$1,234,567.89"),
            (1_200, "JPY", "¥1,200"),
            (1_005, "CHF", "CHF\u{a0}10.05"),
            (0, "EUR", "€0"),
            (i64::MIN, "KWD", "−KWD\u{a0}9,223,372,036,854,775.808"),
        ] {
            assert_eq!(money(amount, code).to_string(), shown);
        }
        assert_eq!(money(1_800, "EUR").signed(&Locale::ENGLISH), "+€18");
        assert_eq!(money(0, "EUR").signed(&Locale::ENGLISH), "");
    }

    #[test]
    fn reads_what_it_writes_and_refuses_the_rest() {
        let euro = Currency::new("EUR").unwrap();
        for amount in [0, 1, -1, 99, 100, 124_850, -4_000] {
            let read = Money::read(&money(amount, "EUR").decimal(), euro, &Locale::ENGLISH);
            assert_eq!(read, Ok(money(amount, "EUR")));
        }
        for taken in [" 12,5 ", "€12.50", "12.5 EUR"] {
            assert_eq!(Money::read(taken, euro, &Locale::ENGLISH), Ok(money(1_250, "EUR")), "{taken}");
        }
        for wrong in ["", "-", "1.234", "1e3", "12.3.4", "$5", "99999999999999999999"] {
            assert!(Money::read(wrong, euro, &Locale::ENGLISH).is_err(), "{wrong}");
        }
        assert_eq!(Currency::new("eur"), None);
        assert_eq!(Currency::new("EURO"), None);
    }

    /// The net amount is the one to which the VAT of the rate adds up best, and both make up the whole.
    #[test]
    fn vat_is_the_share_that_the_rate_adds_to_a_net_amount() {
        for rate in [1_900, 700, 2_000, 810, 550, 2_500, 1] {
            for gross in (0..3_000).chain([124_800, 129_900, 99_999_999]) {
                let vat = money(gross, "EUR").vat(rate).amount;
                // How far the rate of the net amount is from the VAT.
                let distance = |vat: i64| ((gross - vat) * i64::from(rate) - vat * 10_000).abs();
                assert!((0..=gross).contains(&vat), "{gross} at {rate}");
                assert!(
                    distance(vat) <= distance(vat - 1) && distance(vat) <= distance(vat + 1),
                    "{gross} at {rate}"
                );
                assert_eq!(money(-gross, "EUR").vat(rate).amount, -vat);
            }
        }
        assert_eq!(money(129_700, "EUR").vat(1_900).amount, 20_708);
        assert_eq!(money(500, "EUR").vat(0).amount, 0);
    }

    #[test]
    fn quotients_are_rounded_half_away_from_zero() {
        for (amount, each, per, expected) in [
            (4_200, 16_000, 10_000, 6_720),
            (1, 1, 2, 1),
            (-1, 1, 2, -1),
            (1, 1, 3, 0),
            (-5, 1, 3, -2),
            (7, 0, 3, 0),
        ] {
            assert_eq!(scaled(amount, each, per), expected);
        }
        assert_eq!(scaled(i64::MAX, i64::MAX, 1), i64::MAX);
        assert_eq!(scaled(i64::MIN, i64::MAX, 1), i64::MIN);
    }
}
