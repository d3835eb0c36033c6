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
use sqlx::{SqliteConnection, query, query_as, query_scalar};
use time::OffsetDateTime;

use super::SqliteStore;
use super::asked::forget_told;
use crate::rows::{failed_to, milliseconds};
use crate::statements::customers::*;
use crate::statements::desk::DeskRecord;
use crate::statements::mail::link_key;
use crate::statements::personal_data::FORGET_ASKERS;

async fn ask(connection: &mut SqliteConnection, asked: &NewSignIn) -> sqlx::Result<()> {
    query(FORGET_OLD_SIGN_INS).bind(milliseconds(asked.at)).execute(&mut *connection).await?;
    let add = query(ADD_SIGN_IN).bind(&asked.token_hash).bind(&asked.email);
    add.bind(milliseconds(asked.expires_at)).execute(&mut *connection).await?;
    let mail = query(ADD_MAIL).bind(link_key("sign-in", &asked.token_hash)).bind(MailKind::SignIn.as_str());
    let mail = mail.bind(&asked.email).bind(&asked.language).bind(&asked.token);
    mail.bind(milliseconds(asked.at)).execute(connection).await?;
    Ok(())
}

async fn sign_in(connection: &mut SqliteConnection, signing: &SigningIn) -> sqlx::Result<Option<Customer>> {
    let at = milliseconds(signing.at);
    let taken = query_scalar::<_, String>(TAKE_SIGN_IN).bind(&signing.token_hash).bind(at);
    let Some(email) = taken.fetch_optional(&mut *connection).await? else { return Ok(None) };
    let add = query_as::<_, CustomerRecord>(ADD_CUSTOMER).bind(signing.id.as_str()).bind(email).bind(at);
    let customer = Customer::from(add.fetch_one(&mut *connection).await?);
    query(FORGET_OTHER_LINKS).bind(&customer.email).execute(&mut *connection).await?;
    query(FORGET_OLD_SESSIONS).bind(at).execute(&mut *connection).await?;
    let start = query(START_SESSION).bind(&signing.session_hash).bind(customer.id.as_str());
    start.bind(milliseconds(signing.session_expires_at)).execute(connection).await?;
    Ok(Some(customer))
}

async fn consent_of(
    connection: &mut SqliteConnection,
    customer: &CustomerId,
) -> sqlx::Result<Option<ConsentAnswer>> {
    let last = query_as::<_, ConsentRecord>(LAST_CONSENT).bind(customer.as_str());
    Ok(last.fetch_optional(connection).await?.map(ConsentAnswer::from))
}

async fn account(
    connection: &mut SqliteConnection,
    customer: &Customer,
    now: OffsetDateTime,
) -> sqlx::Result<AccountRows> {
    let id = customer.id.as_str();
    let consent = consent_of(&mut *connection, &customer.id).await?;
    let designs = query_as::<_, OwnDesignRecord>(OWN_DESIGNS).bind(id).fetch_all(&mut *connection).await?;
    let needs = query_as::<_, NeedRecord>(NEEDS).bind(id).fetch_all(&mut *connection).await?;
    let mails = query_as::<_, SentMailRecord>(MAILS_TO).bind(&customer.email);
    let mails = mails.fetch_all(&mut *connection).await?;
    let sessions = query_scalar::<_, i64>(COUNT_SESSIONS).bind(id).bind(milliseconds(now));
    let sessions = sessions.fetch_one(connection).await?;
    Ok(AccountRows {
        consent,
        designs: designs.into_iter().map(|own| (own.token_hash, KeptDesign::from(own.design))).collect(),
        needs: needs.into_iter().map(KeptNeed::from).collect(),
        mails: mails.into_iter().map(SentMail::from).collect(),
        sessions: u32::try_from(sessions).unwrap_or(u32::MAX),
    })
}

async fn keep_consent(connection: &mut SqliteConnection, consent: &NewConsent) -> sqlx::Result<()> {
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

async fn remember(connection: &mut SqliteConnection, remembered: &Remembered) -> sqlx::Result<bool> {
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
impl CustomerStore for SqliteStore {
    async fn ask_to_sign_in(&self, asked: &NewSignIn) -> Result<(), StoreError> {
        let failed = failed_to("keep a link to sign in");
        let mut transaction = self.begin().await.map_err(failed)?;
        ask(&mut transaction, asked).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    async fn sign_in_address(
        &self,
        token_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<String>, StoreError> {
        let address = query_scalar(SIGN_IN_ADDRESS).bind(token_hash).bind(milliseconds(now));
        address.fetch_optional(&self.readers).await.map_err(failed_to("find a link to sign in"))
    }

    async fn sign_in(&self, signing: &SigningIn) -> Result<Option<Customer>, StoreError> {
        let failed = failed_to("sign a customer in");
        let mut transaction = self.begin().await.map_err(failed)?;
        let customer = sign_in(&mut transaction, signing).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(customer)
    }

    async fn customer(
        &self,
        session_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<Customer>, StoreError> {
        let row = query_as::<_, CustomerRecord>(CUSTOMER).bind(session_hash).bind(milliseconds(now));
        let row = row.fetch_optional(&self.readers).await.map_err(failed_to("find a customer"))?;
        Ok(row.map(Customer::from))
    }

    async fn customer_by_email(&self, email: &str) -> Result<Option<Customer>, StoreError> {
        let row = query_as::<_, CustomerRecord>(CUSTOMER_BY_EMAIL).bind(email);
        let row = row.fetch_optional(&self.readers).await.map_err(failed_to("find a customer"))?;
        Ok(row.map(Customer::from))
    }

    async fn sign_out(&self, session_hash: &str) -> Result<(), StoreError> {
        self.change("end a customer's session", query(SIGN_OUT).bind(session_hash)).await?;
        Ok(())
    }

    async fn sign_out_everywhere(&self, customer: &CustomerId) -> Result<(), StoreError> {
        self.change("end a customer's sessions", query(SIGN_OUT_EVERYWHERE).bind(customer.as_str())).await?;
        Ok(())
    }

    async fn orders_of(&self, email: &str, limit: u32) -> Result<Vec<DeskOrder>, StoreError> {
        let rows = query_as::<_, DeskRecord>(ORDERS_OF).bind(email).bind(limit).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("list a customer's orders"))?;
        Ok(rows.into_iter().map(DeskOrder::from).collect())
    }

    async fn mails_to(&self, email: &str) -> Result<Vec<SentMail>, StoreError> {
        let rows = query_as::<_, SentMailRecord>(MAILS_TO).bind(email).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("list mails to somebody"))?;
        Ok(rows.into_iter().map(SentMail::from).collect())
    }

    async fn account(&self, customer: &Customer, now: OffsetDateTime) -> Result<AccountRows, StoreError> {
        let failed = failed_to("read what is known of a customer");
        let mut reader = self.readers.acquire().await.map_err(failed)?;
        account(&mut reader, customer, now).await.map_err(failed)
    }

    async fn keep_consent(&self, consent: &NewConsent) -> Result<(), StoreError> {
        let failed = failed_to("keep a consent");
        let mut transaction = self.begin().await.map_err(failed)?;
        keep_consent(&mut transaction, consent).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    async fn remember(&self, remembered: &Remembered) -> Result<bool, StoreError> {
        let failed = failed_to("remember a customer's designs");
        let mut transaction = self.begin().await.map_err(failed)?;
        let is_done = remember(&mut transaction, remembered).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(is_done)
    }

    async fn forget_design(&self, customer: &CustomerId, token_hash: &str) -> Result<(), StoreError> {
        let forget = query(FORGET_DESIGN).bind(customer.as_str()).bind(token_hash);
        self.change("forget a customer's design", forget).await?;
        Ok(())
    }

    async fn forget_need(&self, customer: &CustomerId, slug: &str) -> Result<(), StoreError> {
        let forget = query(FORGET_NEED).bind(customer.as_str()).bind(slug);
        self.change("forget a customer's need", forget).await?;
        Ok(())
    }
}
