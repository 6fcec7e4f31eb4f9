//! The worker: takes one job after another, tries again later what failed, gives up what keeps failing, and hands back what
//! it holds when the shop stops. Every job is safe to run twice, so a worker that dies loses nothing.

mod letters;
mod mail;
mod pictures;

use crate::mail::{Letters, Post};
use pictures::PictureLane;
use shop_core::ShopError;
use shop_core::id::JobId;
use shop_core::time::{Seconds, Timestamp};
use shop_flows::Shop;
use shop_flows::job::Job;
use shop_flows::ports::{ClaimedJob, StoreError};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// A job that takes longer may be taken by another worker.
const LEASE: Seconds = Seconds(60);
/// How often the worker looks when nobody wakes it.
const POLL: Duration = Duration::from_millis(250);
/// How often the shop is tidied.
const TIDY: Seconds = Seconds(30);
const TIDY_KEY: &str = "housekeeping";
const SCRUB_KEY: &str = "scrub";
/// The first pause after a failure; it doubles each time, up to an hour.
const FIRST_PAUSE: Seconds = Seconds(10);
const LONGEST_PAUSE: Seconds = Seconds::hours(1);
/// After so many tries a person has to look.
const MOST_TRIES: u32 = 8;

/// Why a job did not succeed. Holds no personal data: it is stored and shown on the dashboard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// It may work later.
    #[error("{0}")]
    Later(String),
    /// It will never work.
    #[error("{0}")]
    Never(String),
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        Self::Later(error.to_string())
    }
}

impl From<ShopError> for JobError {
    fn from(error: ShopError) -> Self {
        match error {
            ShopError::Unavailable { reference } => Self::Later(format!("unavailable, reference {reference}")),
            ShopError::Conflict => Self::Later("somebody else changed it at the same time".to_owned()),
            ShopError::NotFound => Self::Never("there is no such thing any more".to_owned()),
            other => Self::Later(format!("{other:?}").chars().take(200).collect()),
        }
    }
}

/// What the worker works with.
pub struct Worker {
    /// The shop.
    pub shop: Shop,
    /// Writes mails.
    pub letters: Arc<Letters>,
    /// Sends them.
    pub post: Arc<dyn Post>,
    /// Folder of the pictures.
    pub pictures: PathBuf,
    /// Whether AVIF files are made.
    pub avif: bool,
    /// Woken when there may be work.
    pub wake: Arc<Notify>,
}

impl Worker {
    /// Works until told to stop; then the job at hand is finished or, when that takes long, handed back.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut lane = PictureLane::new(self.shop.clone(), self.pictures.clone(), self.wake.clone());
        if let Err(error) = self.plan_tidying().await {
            tracing::error!(%error, "tidying could not be planned");
        }
        while !*stop.borrow() {
            match self.next().await {
                Ok(Some(ClaimedJob { id, job: Job::Avif { key }, .. })) => self.take_picture(&mut lane, id, key).await,
                Ok(Some(claimed)) => {
                    let work = self.work(&claimed);
                    tokio::select! {
                        outcome = work => self.settle(&claimed, outcome).await,
                        () = told(&mut stop) => self.hand_back(claimed.id).await,
                    }
                }
                Ok(None) => {
                    lane.go_on().await;
                    tokio::select! {
                        () = self.wake.notified() => {}
                        () = tokio::time::sleep(POLL) => {}
                        () = told(&mut stop) => {}
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "the worker cannot reach the database");
                    tokio::select! {
                        () = tokio::time::sleep(Duration::from_secs(2)) => {}
                        () = told(&mut stop) => {}
                    }
                }
            }
        }
        for id in lane.held() {
            self.hand_back(id).await;
        }
    }

    /// The next job that is due. Looks through the door that takes no lock first: four times a second, mostly for nothing.
    async fn next(&self) -> Result<Option<ClaimedJob>, StoreError> {
        let now = self.shop.clock.now();
        let mut tx = self.shop.store.read().await?;
        let due = tx.next_due().await?;
        drop(tx);
        if due.is_none_or(|at| at > now) {
            return Ok(None);
        }
        let mut tx = self.shop.store.begin().await?;
        let claimed = tx.claim(now, now.plus(LEASE)).await?;
        tx.commit().await?;
        Ok(claimed)
    }

    async fn work(&self, claimed: &ClaimedJob) -> Result<(), JobError> {
        match &claimed.job {
            Job::Pull { provider, token, .. } => Ok(self.shop.pull(provider, token).await?),
            Job::Ask { attempt } => Ok(self.shop.ask(*attempt).await?),
            Job::Take { attempt } => Ok(self.shop.take_promised(*attempt).await?),
            Job::LetGo { attempt } => Ok(self.shop.let_go_of_promised(*attempt).await?),
            Job::Refund { refund } => Ok(self.shop.send_refund(*refund).await?),
            Job::AskRefund { refund } => Ok(self.shop.ask_refund(*refund).await?),
            Job::CompareDay { provider, day } => Ok(self.shop.compare_day(provider, *day).await?),
            Job::Chase { order, step } => Ok(self.shop.chase(*order, *step).await?),
            Job::Housekeeping => Ok(self.shop.housekeeping().await?),
            Job::ForgetNight => Ok(self.shop.forget_night().await?),
            Job::BackInStock { variant } => Ok(self.shop.tell_who_waits(*variant).await?),
            Job::Letter { letter } => self.send_letters(*letter).await,
            Job::Scrub => Ok(self.shop.store.scrub().await?),
            Job::Avif { .. } => Ok(()),
            mail => self.send(claimed.id, mail).await,
        }
    }

    async fn settle(&self, claimed: &ClaimedJob, outcome: Result<(), JobError>) {
        let (id, kind) = (claimed.id, claimed.job.kind());
        let now = self.shop.clock.now();
        let settled = match (&claimed.job, outcome) {
            (Job::Housekeeping, outcome) => {
                if let Err(error) = outcome {
                    tracing::error!(%error, "tidying failed");
                }
                self.tidied(id).await
            }
            // Also when it can never be sent: her address does not stay for that.
            (Job::MailErased { .. }, Ok(()) | Err(JobError::Never(_))) => self.scrub_after(id).await,
            (Job::MailErased { .. }, Err(_)) if claimed.tries >= MOST_TRIES => self.scrub_after(id).await,
            (_, Ok(())) => self.change(id, Change::Finish).await,
            (_, Err(JobError::Later(error))) if claimed.tries < MOST_TRIES => {
                tracing::warn!(job = %id, kind, tries = claimed.tries, error, "a job failed and is tried again");
                self.change(id, Change::Retry { at: now.plus(pause(claimed.tries)), error: &error }).await
            }
            (_, Err(JobError::Later(error) | JobError::Never(error))) => {
                tracing::error!(job = %id, kind, tries = claimed.tries, error, "a job was given up");
                self.change(id, Change::Bury { error: &error }).await
            }
        };
        if let Err(error) = settled {
            // Its lease ends, and it runs once more.
            tracing::error!(job = %id, kind, %error, "the end of a job could not be written");
        }
    }

    async fn take_picture(&self, lane: &mut PictureLane, id: JobId, key: String) {
        if self.avif {
            lane.add(id, key);
        } else if let Err(error) = self.change(id, Change::Finish).await {
            tracing::error!(job = %id, %error, "the end of a job could not be written");
        }
    }

    async fn hand_back(&self, id: JobId) {
        let at = self.shop.clock.now();
        if let Err(error) = self.change(id, Change::Retry { at, error: "the shop was stopped" }).await {
            tracing::warn!(job = %id, %error, "a job could not be handed back; its lease will end");
        }
    }

    async fn change(&self, id: JobId, change: Change<'_>) -> Result<(), StoreError> {
        change_job(&self.shop, id, change).await
    }

    /// Tidying is done: the next round is written in the same transaction, so the chain never breaks.
    async fn tidied(&self, id: JobId) -> Result<(), StoreError> {
        let next = JobId::new(self.shop.random.id());
        let mut tx = self.shop.store.begin().await?;
        tx.finish(id).await?;
        tx.enqueue(next, &Job::Housekeeping, self.shop.clock.now().plus(TIDY), Some(TIDY_KEY)).await?;
        tx.commit().await
    }

    /// The last trace of who was erased goes with this job, and then from the disk.
    async fn scrub_after(&self, id: JobId) -> Result<(), StoreError> {
        let next = JobId::new(self.shop.random.id());
        let mut tx = self.shop.store.begin().await?;
        tx.finish(id).await?;
        tx.enqueue(next, &Job::Scrub, self.shop.clock.now(), Some(SCRUB_KEY)).await?;
        tx.commit().await
    }

    async fn plan_tidying(&self) -> Result<(), StoreError> {
        let id = JobId::new(self.shop.random.id());
        let mut tx = self.shop.store.begin().await?;
        tx.enqueue(id, &Job::Housekeeping, self.shop.clock.now(), Some(TIDY_KEY)).await?;
        tx.commit().await
    }
}

/// What becomes of a job.
enum Change<'a> {
    Finish,
    Retry { at: Timestamp, error: &'a str },
    Bury { error: &'a str },
}

async fn change_job(shop: &Shop, id: JobId, change: Change<'_>) -> Result<(), StoreError> {
    let mut tx = shop.store.begin().await?;
    match change {
        Change::Finish => tx.finish(id).await?,
        Change::Retry { at, error } => tx.retry(id, at, error).await?,
        Change::Bury { error } => tx.bury(id, error, shop.clock.now()).await?,
    }
    tx.commit().await
}

/// The pause after the try with this number, from 1.
fn pause(tries: u32) -> Seconds {
    let doubled = 2_i64.saturating_pow(tries.saturating_sub(1).min(20));
    Seconds(FIRST_PAUSE.0.saturating_mul(doubled)).min(LONGEST_PAUSE)
}

/// Waits until the shop stops. Also when nobody is left who could say so.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let pauses: Vec<i64> = (1..=10).map(|tries| pause(tries).0).collect();

        assert_eq!(pauses, [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]);
    }

    #[test]
    fn what_does_not_exist_is_not_tried_again() {
        assert!(matches!(JobError::from(ShopError::NotFound), JobError::Never(_)));
        assert!(matches!(JobError::from(ShopError::Conflict), JobError::Later(_)));
    }
}
