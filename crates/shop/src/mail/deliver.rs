//! Delivering what waits in the outbox. What fails is tried again, later each time; nothing of a person is logged.

use async_trait::async_trait;
use time::{Duration, OffsetDateTime};

use super::letter::{About, Letter};
use super::store::{MailKind, MailTrouble, WaitingMail};
use crate::customers::LINK_LASTS;
use crate::error::ShopError;
use crate::releases::release::ReleaseState;
use crate::shop::Shop;

/// After how long a mail that is due is late.
const LATE: Duration = Duration::hours(1);
/// For how long nobody else takes a mail that somebody delivers.
const LEASE: Duration = Duration::minutes(5);
/// How long a mail waits after it failed once; each time twice as long.
const FIRST_PAUSE: Duration = Duration::minutes(1);
/// How long it waits at most.
const LONGEST_PAUSE: Duration = Duration::hours(6);
/// How often it is tried: for about two days.
const MOST_TRIES: u32 = 16;
/// For how long it is remembered that a mail was sent.
const REMEMBERED: Duration = Duration::days(90);
/// How many mails are forgotten at a time.
const FORGOTTEN_AT_ONCE: u32 = 100;

/// What became of a mail. The texts hold nothing of a person: they are logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It is on its way.
    Sent,
    /// It did not go this time, and may the next.
    Later(String),
    /// It never will.
    Never(String),
}

/// Delivers mails.
#[async_trait]
pub trait Post: Send + Sync {
    /// Delivers a mail. The same key may come again, after a crash: then it is the same mail.
    async fn deliver(&self, letter: &Letter) -> Delivery;
    /// Forgets whatever it kept of the mails with these keys; `Err` says why it could not, and it is asked again.
    async fn forget(&self, keys: &[String]) -> Result<(), String>;
}

/// How many mails went which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// They are on their way.
    pub sent: u32,
    /// They are tried again.
    pub put_off: u32,
    /// They never go.
    pub given_up: u32,
}

impl Shop {
    /// Mails that did not go out: those that are late, and those of some time that were given up.
    ///
    /// # Errors
    /// The store failed.
    pub async fn mail_trouble(&self, since: Duration) -> Result<MailTrouble, ShopError> {
        let now = self.now();
        Ok(self.store.mail_trouble(now - LATE, now - since).await?)
    }

    /// Delivers the mails that are due.
    ///
    /// # Errors
    /// The store failed.
    pub async fn deliver_mails(&self, post: &dyn Post) -> Result<Delivered, ShopError> {
        let mut delivered = Delivered::default();
        loop {
            let now = self.now();
            let Some(mail) = self.store.take_mail(now, now.saturating_add(LEASE)).await? else {
                return Ok(delivered);
            };
            let outcome = match self.letter(&mail).await? {
                Some(letter) => post.deliver(&letter).await,
                None => Delivery::Never("what it is about is not there any more".to_owned()),
            };
            self.note_delivery(post, &mail, outcome, &mut delivered).await?;
        }
    }

    async fn note_delivery(
        &self,
        post: &dyn Post,
        mail: &WaitingMail,
        outcome: Delivery,
        delivered: &mut Delivered,
    ) -> Result<(), ShopError> {
        let kind = mail.kind.as_str();
        match outcome {
            Delivery::Sent => {
                delivered.sent += 1;
                let is_kept = self.store.mail_sent(&mail.key, self.now()).await?;
                if !is_kept && let Err(reason) = post.forget(std::slice::from_ref(&mail.key)).await {
                    tracing::warn!(kind, reason, "a mail of somebody who was forgotten can't be removed");
                }
            }
            Delivery::Later(reason) if mail.tries < MOST_TRIES => {
                delivered.put_off += 1;
                tracing::warn!(kind, reason, tries = mail.tries, "a mail did not go; it is tried again");
                self.store.put_off_mail(&mail.key, Some(next_try(self.now(), mail.tries))).await?;
            }
            Delivery::Later(reason) | Delivery::Never(reason) => {
                delivered.given_up += 1;
                tracing::error!(kind, reason, tries = mail.tries, "a mail was given up");
                self.store.put_off_mail(&mail.key, None).await?;
            }
        }
        Ok(())
    }

    /// Forgets mails after their time, and those of people who were erased, also where they were delivered to; says how many.
    ///
    /// # Errors
    /// The store failed, or what delivers mails could not forget them.
    pub async fn forget_mails(&self, post: &dyn Post) -> Result<usize, ShopError> {
        self.store.end_mails(self.now().saturating_sub(REMEMBERED)).await?;
        let mut forgotten = 0;
        loop {
            let keys = self.store.mails_over(FORGOTTEN_AT_ONCE).await?;
            if keys.is_empty() {
                return Ok(forgotten);
            }
            post.forget(&keys).await.map_err(ShopError::Failed)?;
            self.store.forget_mails(&keys).await?;
            forgotten += keys.len();
        }
    }

    /// What a mail says; nothing where that is gone.
    async fn letter(&self, mail: &WaitingMail) -> Result<Option<Letter>, ShopError> {
        // What an order was placed in was not always kept.
        let own = || words::matching(&self.profile().source().language);
        let language = words::matching(&mail.language).or_else(own).unwrap_or_default();
        let about = match mail.kind {
            MailKind::SignIn => {
                let is_over = mail.written_at.saturating_add(LINK_LASTS) <= self.now();
                if is_over || mail.secret.is_empty() {
                    return Ok(None);
                }
                About::SignIn { token: mail.secret.clone() }
            }
            MailKind::Invite => {
                // Another link may have taken its place meanwhile.
                if mail.secret.is_empty() || self.invited(&mail.secret).await?.is_none() {
                    return Ok(None);
                }
                let Some(role) = self.store.role(&mail.recipient).await? else { return Ok(None) };
                About::Invite { token: mail.secret.clone(), role }
            }
            MailKind::Approval | MailKind::ReleaseFailed => {
                let Ok(id) = mail.secret.parse() else { return Ok(None) };
                let Some(release) = self.store.release(id).await?.map(Box::new) else { return Ok(None) };
                match (mail.kind, release.state) {
                    (MailKind::Approval, ReleaseState::Waiting) => About::Approval { release },
                    (MailKind::ReleaseFailed, ReleaseState::Failed) => About::ReleaseFailed { release },
                    _ => return Ok(None),
                }
            }
            MailKind::Order => {
                let Some(number) = mail.number else { return Ok(None) };
                let Some(order) = self.store.order_by_number(number).await? else { return Ok(None) };
                let mut others = Vec::new();
                for other in self.ordered_together(&order).await? {
                    if other.number != order.number {
                        others.push(self.order_in(other, language).await.0);
                    }
                }
                let (order, _) = self.order_in(order, language).await;
                About::Order { order: Box::new(order), others, token: mail.secret.clone() }
            }
            MailKind::OrderState(state) => {
                let Some(number) = mail.number else { return Ok(None) };
                let Some(order) = self.store.order_by_number(number).await? else { return Ok(None) };
                let (order, _) = self.order_in(order, language).await;
                let (since, token) = (mail.written_at, mail.secret.clone());
                About::OrderState { order: Box::new(order), state, since, token }
            }
        };
        Ok(Some(Letter { key: mail.key.clone(), to: mail.recipient.clone(), language, about }))
    }
}

/// When a mail is tried again that was tried so often.
fn next_try(now: OffsetDateTime, tries: u32) -> OffsetDateTime {
    let doubled = 1_i32.checked_shl(tries.saturating_sub(1).min(30)).unwrap_or(i32::MAX);
    now.saturating_add((FIRST_PAUSE * doubled).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let minutes = |tries| (next_try(now, tries) - now).whole_minutes();
        assert_eq!([1, 2, 3, 9, 10, 99].map(minutes), [1, 2, 4, 256, 360, 360]);
    }
}
