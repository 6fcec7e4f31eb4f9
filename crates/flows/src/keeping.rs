//! Once a night everything goes whose time is over: in batches, so that nobody waits, and written down as counts. An account goes only after
//! a mail, thirty days before. What days and hours end is ended by [`crate::housekeeping`], all day long.

use crate::Shop;
use crate::job::Job;
use crate::ports::{Gone, Tx};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::privacy::Retention;
use shop_core::privacy::ends::WARNING_DAYS;
use shop_core::time::{Day, Timestamp};

/// At this hour of the night the shop is quiet.
const HOUR: u8 = 3;
/// Things of one kind in one transaction.
const BATCH: u32 = 200;
/// Transactions in one run; a longer night goes on in another job, so that no worker holds one for minutes.
const MOST_BATCHES: u32 = 50;
const KEY: &str = "forget-night";

/// The periods that this job ends; an account is apart, because of its mail. An order goes with its books, what was agreed and the list of
/// who was given what: those three are one period, of one thing.
pub const ENDED_AT_NIGHT: [Retention; 5] =
    [Retention::Books, Retention::ConsentProof, Retention::Audit, Retention::Message, Retention::Request];

impl Shop {
    /// Plans the job of this night, once.
    pub(crate) async fn plan_night(&self, tx: &mut dyn Tx, now: Timestamp) -> Result<(), ShopError> {
        let today = self.clock.day(now);
        let is_done = tx.last_night().await.trouble()?.is_some_and(|night| night.number() >= today.number());
        if is_done || self.clock.hour(now) < HOUR {
            return Ok(());
        }
        self.enqueue(tx, &Job::ForgetNight, now, Some(KEY)).await
    }

    /// A job: erases what has had its time today. Safe to run twice, and to stop anywhere.
    pub async fn forget_night(&self) -> Result<(), ShopError> {
        let now = self.clock.now();
        let today = self.clock.day(now);
        let mut left = MOST_BATCHES;
        for retention in ENDED_AT_NIGHT {
            let Some(before) = retention.over_before(today) else { continue };
            let before = self.beginning(before);
            loop {
                if left == 0 {
                    return self.go_on(now).await;
                }
                left -= 1;
                let mut tx = self.store.begin().await.trouble()?;
                let gone = tx.forget(retention, before, BATCH).await.trouble()?;
                if !self.log_and_commit(tx, today, &gone).await? {
                    break;
                }
            }
        }
        if !self.forget_accounts(today, now, left).await? {
            return self.go_on(now).await;
        }
        let mut tx = self.store.begin().await.trouble()?;
        tx.end_night(today).await.trouble()?;
        tx.commit().await.trouble()
    }

    /// Warns whose account will go, then erases those that were warned long enough ago. False when there is more to do.
    async fn forget_accounts(&self, today: Day, now: Timestamp, mut left: u32) -> Result<bool, ShopError> {
        let over = |day: Day| Retention::Account.over_before(day).map(|before| self.beginning(before));
        let (Some(unused), Some(soon)) = (over(today), over(today.plus_days(WARNING_DAYS))) else { return Ok(true) };
        let mut tx = self.store.begin().await.trouble()?;
        tx.note_use_of_accounts().await.trouble()?;
        tx.commit().await.trouble()?;
        // Who was warned on a day loses the account on the thirtieth after it, whatever the hour was.
        let (ends, warned) = (today.plus_days(WARNING_DAYS), self.beginning(today.plus_days(1 - WARNING_DAYS)));
        loop {
            if left == 0 {
                return Ok(false);
            }
            left -= 1;
            let mut tx = self.store.begin().await.trouble()?;
            let warnings = tx.accounts_to_warn(soon, now, BATCH).await.trouble()?;
            if warnings.is_empty() {
                break;
            }
            for customer in warnings {
                self.enqueue(&mut *tx, &Job::MailAccountEnds { customer, day: ends }, now, None).await?;
            }
            tx.commit().await.trouble()?;
        }
        loop {
            if left == 0 {
                return Ok(false);
            }
            left -= 1;
            let mut tx = self.store.begin().await.trouble()?;
            let gone = tx.forget_accounts(unused, warned, now, BATCH).await.trouble()?;
            if !self.log_and_commit(tx, today, &gone).await? {
                return Ok(true);
            }
        }
    }

    /// Whether anything went. A batch that found nothing has still moved what may be erased, so it is committed too.
    async fn log_and_commit(&self, mut tx: Box<dyn Tx>, today: Day, gone: &Gone) -> Result<bool, ShopError> {
        tx.log_forgotten(today, gone).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(gone.iter().any(|(_, rows)| *rows > 0))
    }

    async fn go_on(&self, now: Timestamp) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        self.enqueue(&mut *tx, &Job::ForgetNight, now, Some(KEY)).await?;
        tx.commit().await.trouble()
    }
}
