//! Customers: their links, sessions, and what is remembered of them.

use async_trait::async_trait;
use shop::StoreError;
use shop::customers::{
    AccountRows, ConsentAnswer, Customer, CustomerId, CustomerStore, KeptNeed, NewConsent, NewSignIn,
    Remembered, SentMail, SigningIn,
};
use shop::designs::KeptDesign;
use shop::mail::MailKind;
use shop::orders::DeskOrder;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::PostgresStore;
use super::asked::forget_told;
use super::query::{Turn, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::customers::*;
use crate::statements::desk::DeskRecord;
use crate::statements::mail::link_key;
use crate::statements::personal_data::FORGET_ASKERS;

/// Whoever changes what is remembered of a customer waits here.
const TAKE_CUSTOMER: &str = "SELECT id FROM customers WHERE id = $1 FOR UPDATE";

async fn ask(connection: &mut PgConnection, asked: &NewSignIn) -> sqlx::Result<()> {
    query(FORGET_OLD_SIGN_INS).bind(milliseconds(asked.at)).execute(&mut *connection).await?;
    let add = query(ADD_SIGN_IN).bind(&asked.token_hash).bind(&asked.email);
    add.bind(milliseconds(asked.expires_at)).execute(&mut *connection).await?;
    let mail = query(ADD_MAIL).bind(link_key("sign-in", &asked.token_hash)).bind(MailKind::SignIn.as_str());
    let mail = mail.bind(&asked.email).bind(&asked.language).bind(&asked.token);
    mail.bind(milliseconds(asked.at)).execute(connection).await?;
    Ok(())
}

async fn sign_in(connection: &mut PgConnection, signing: &SigningIn) -> sqlx::Result<Option<Customer>> {
    let at = milliseconds(signing.at);
    let taken = query_scalar::<String>(TAKE_SIGN_IN).bind(&signing.token_hash).bind(at);
    let Some(email) = taken.fetch_optional(&mut *connection).await? else { return Ok(None) };
    let add = query_as::<CustomerRecord>(ADD_CUSTOMER).bind(signing.id.as_str()).bind(email).bind(at);
    let customer = Customer::from(add.fetch_one(&mut *connection).await?);
    query(FORGET_OTHER_LINKS).bind(&customer.email).execute(&mut *connection).await?;
    query(FORGET_OLD_SESSIONS).bind(at).execute(&mut *connection).await?;
    let start = query(START_SESSION).bind(&signing.session_hash).bind(customer.id.as_str());
    start.bind(milliseconds(signing.session_expires_at)).execute(connection).await?;
    Ok(Some(customer))
}

async fn consent_of(
    connection: &mut PgConnection,
    customer: &CustomerId,
) -> sqlx::Result<Option<ConsentAnswer>> {
    let last = query_as::<ConsentRecord>(LAST_CONSENT).bind(customer.as_str());
    Ok(last.fetch_optional(connection).await?.map(ConsentAnswer::from))
}

async fn account(
    connection: &mut PgConnection,
    customer: &Customer,
    now: OffsetDateTime,
) -> sqlx::Result<AccountRows> {
    let id = customer.id.as_str();
    let consent = consent_of(&mut *connection, &customer.id).await?;
    let designs = query_as::<OwnDesignRecord>(OWN_DESIGNS).bind(id).fetch_all(&mut *connection).await?;
    let needs = query_as::<NeedRecord>(NEEDS).bind(id).fetch_all(&mut *connection).await?;
    let mails = query_as::<SentMailRecord>(MAILS_TO).bind(&customer.email);
    let mails = mails.fetch_all(&mut *connection).await?;
    let sessions = query_scalar::<i64>(COUNT_SESSIONS).bind(id).bind(milliseconds(now));
    let sessions = sessions.fetch_one(connection).await?;
    Ok(AccountRows {
        consent,
        designs: designs.into_iter().map(|own| (own.token_hash, KeptDesign::from(own.design))).collect(),
        needs: needs.into_iter().map(KeptNeed::from).collect(),
        mails: mails.into_iter().map(SentMail::from).collect(),
        sessions: u32::try_from(sessions).unwrap_or(u32::MAX),
    })
}

async fn keep_consent(connection: &mut PgConnection, consent: &NewConsent) -> sqlx::Result<()> {
    let (id, answer) = (consent.customer.as_str(), &consent.answer);
    let add = query(ADD_CONSENT).bind(id).bind(i64::from(answer.is_given)).bind(i64::from(answer.wording));
    add.bind(&answer.language).bind(milliseconds(answer.at)).execute(&mut *connection).await?;
    if !answer.is_given {
        forget_told(&mut *connection, id).await?;
        for statement in [FORGET_DESIGNS, FORGET_NEEDS, FORGET_ASKERS] {
            query(statement).bind(id).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

async fn remember(connection: &mut PgConnection, remembered: &Remembered) -> sqlx::Result<bool> {
    let (id, at) = (remembered.customer.as_str(), milliseconds(remembered.at));
    let consent = consent_of(&mut *connection, &remembered.customer).await?;
    if !consent.is_some_and(|consent| consent.is_given) {
        return Ok(false);
    }
    for design in &remembered.designs {
        query(ADD_DESIGN).bind(id).bind(design).bind(at).execute(&mut *connection).await?;
    }
    for (slug, stated_use) in &remembered.needs {
        let add = query(ADD_NEED).bind(id).bind(slug).bind(stated_use).bind(at);
        add.execute(&mut *connection).await?;
    }
    Ok(true)
}

#[async_trait]
impl CustomerStore for PostgresStore {
    async fn ask_to_sign_in(&self, asked: &NewSignIn) -> Result<(), StoreError> {
        writing!(self.database, "keep a link to sign in", |connection| ask(connection, asked).await)
    }

    async fn sign_in_address(
        &self,
        token_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<String>, StoreError> {
        reading!(self.database, "find a link to sign in", |connection| {
            let address = query_scalar(SIGN_IN_ADDRESS).bind(token_hash).bind(milliseconds(now));
            address.fetch_optional(connection).await
        })
    }

    async fn sign_in(&self, signing: &SigningIn) -> Result<Option<Customer>, StoreError> {
        writing!(self.database, "sign a customer in", |connection| sign_in(connection, signing).await)
    }

    async fn customer(
        &self,
        session_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<Customer>, StoreError> {
        let row = reading!(self.database, "find a customer", |connection| {
            let row = query_as::<CustomerRecord>(CUSTOMER).bind(session_hash).bind(milliseconds(now));
            row.fetch_optional(connection).await
        });
        Ok(row?.map(Customer::from))
    }

    async fn customer_by_email(&self, email: &str) -> Result<Option<Customer>, StoreError> {
        let row = reading!(self.database, "find a customer", |connection| {
            query_as::<CustomerRecord>(CUSTOMER_BY_EMAIL).bind(email).fetch_optional(connection).await
        });
        Ok(row?.map(Customer::from))
    }

    async fn sign_out(&self, session_hash: &str) -> Result<(), StoreError> {
        let done = writing!(self.database, "end a customer's session", |connection| {
            query(SIGN_OUT).bind(session_hash).execute(connection).await
        });
        done.map(|_| ())
    }

    async fn sign_out_everywhere(&self, customer: &CustomerId) -> Result<(), StoreError> {
        let done = writing!(self.database, "end a customer's sessions", |connection| {
            query(SIGN_OUT_EVERYWHERE).bind(customer.as_str()).execute(connection).await
        });
        done.map(|_| ())
    }

    async fn orders_of(&self, email: &str, limit: u32) -> Result<Vec<DeskOrder>, StoreError> {
        let rows = reading!(self.database, "list a customer's orders", |connection| {
            let orders = query_as::<DeskRecord>(ORDERS_OF).bind(email).bind(i64::from(limit));
            orders.fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(DeskOrder::from).collect())
    }

    async fn mails_to(&self, email: &str) -> Result<Vec<SentMail>, StoreError> {
        let rows = reading!(self.database, "list mails to somebody", |connection| {
            query_as::<SentMailRecord>(MAILS_TO).bind(email).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(SentMail::from).collect())
    }

    async fn account(&self, customer: &Customer, now: OffsetDateTime) -> Result<AccountRows, StoreError> {
        let what = "read what is known of a customer";
        reading!(self.database, what, |connection| account(connection, customer, now).await)
    }

    async fn keep_consent(&self, consent: &NewConsent) -> Result<(), StoreError> {
        writing!(self.database, "keep a consent", |connection| {
            // An order is written before, and is found, or afterwards, and finds this answer.
            if !consent.answer.is_given {
                Turn::Orders.wait(&mut *connection).await?;
            }
            // Two answers at once come one after the other.
            query(TAKE_CUSTOMER).bind(consent.customer.as_str()).execute(&mut *connection).await?;
            keep_consent(connection, consent).await
        })
    }

    async fn remember(&self, remembered: &Remembered) -> Result<bool, StoreError> {
        writing!(self.database, "remember a customer's designs", |connection| {
            // What is remembered now is forgotten by whoever takes the consent back next.
            query(TAKE_CUSTOMER).bind(remembered.customer.as_str()).execute(&mut *connection).await?;
            remember(connection, remembered).await
        })
    }

    async fn forget_design(&self, customer: &CustomerId, token_hash: &str) -> Result<(), StoreError> {
        let done = writing!(self.database, "forget a customer's design", |connection| {
            query(FORGET_DESIGN).bind(customer.as_str()).bind(token_hash).execute(connection).await
        });
        done.map(|_| ())
    }

    async fn forget_need(&self, customer: &CustomerId, slug: &str) -> Result<(), StoreError> {
        let done = writing!(self.database, "forget a customer's need", |connection| {
            query(FORGET_NEED).bind(customer.as_str()).bind(slug).execute(connection).await
        });
        done.map(|_| ())
    }
}
