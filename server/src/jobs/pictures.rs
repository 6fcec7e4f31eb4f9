//! AVIF files: one picture at a time, and only while nothing else is due. A picture takes seconds to tens of seconds of the
//! whole processor, so it runs beside the worker; what waits is held here, and claiming it again only renews its lease.

use super::{Change, change_job};
use crate::import::original_path;
use shop_core::id::JobId;
use shop_flows::Shop;
use shop_flows::ports::StoreError;
use shop_pictures::{Limits, inspect, make_avif};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// Pictures that wait, and the one that is being made.
pub(super) struct PictureLane {
    shop: Shop,
    folder: PathBuf,
    wake: Arc<Notify>,
    waiting: VecDeque<(JobId, String)>,
    running: Option<(JobId, JoinHandle<Result<(), String>>)>,
    made: bool,
}

impl PictureLane {
    pub(super) const fn new(shop: Shop, folder: PathBuf, wake: Arc<Notify>) -> Self {
        Self { shop, folder, wake, waiting: VecDeque::new(), running: None, made: false }
    }

    /// Holds a job until its turn. One that is held already only got its lease renewed.
    pub(super) fn add(&mut self, id: JobId, key: String) {
        let is_running = self.running.as_ref().is_some_and(|(running, _)| *running == id);
        if !is_running && !self.waiting.iter().any(|(waiting, _)| *waiting == id) {
            self.waiting.push_back((id, key));
        }
    }

    /// Finishes what is ready and begins the next picture. Called when nothing else is due.
    pub(super) async fn go_on(&mut self) {
        if let Some((id, work)) = self.running.take() {
            if !work.is_finished() {
                self.running = Some((id, work));
                return;
            }
            let outcome = work.await.unwrap_or_else(|_| Err("making the picture broke off".to_owned()));
            self.settle(id, outcome).await;
        }
        match self.waiting.pop_front() {
            Some((id, key)) => {
                self.running =
                    Some((id, tokio::spawn(make(self.shop.clone(), self.folder.clone(), key, self.wake.clone()))))
            }
            None if self.made => {
                self.made = false;
                if let Err(error) = raise(&self.shop).await {
                    tracing::error!(%error, "pages could not be told about new pictures");
                }
            }
            None => {}
        }
    }

    /// The jobs that are held. The picture at hand is lost; its next run goes on with the widths that are missing.
    pub(super) fn held(&self) -> Vec<JobId> {
        self.running.iter().map(|(id, _)| *id).chain(self.waiting.iter().map(|(id, _)| *id)).collect()
    }

    async fn settle(&mut self, id: JobId, outcome: Result<(), String>) {
        // The same picture gives the same failure, so it is not tried again; the dashboard shows it.
        let change = match &outcome {
            Ok(()) => Change::Finish,
            Err(error) => {
                tracing::error!(job = %id, error, "AVIF files could not be made");
                Change::Bury { error }
            }
        };
        self.made |= outcome.is_ok();
        if let Err(error) = change_job(&self.shop, id, change).await {
            tracing::error!(job = %id, %error, "the end of a job could not be written");
        }
    }
}

async fn make(shop: Shop, folder: PathBuf, key: String, wake: Arc<Notify>) -> Result<(), String> {
    let work = {
        let key = key.clone();
        tokio::task::spawn_blocking(move || encode(&folder, &key))
    };
    let made = work.await.unwrap_or_else(|_| Err("the encoder broke off".to_owned()));
    wake.notify_one();
    made?;
    mark(&shop, &key).await.map_err(|error| error.to_string())
}

fn encode(folder: &Path, key: &str) -> Result<(), String> {
    let bytes = std::fs::read(original_path(folder, key))
        .map_err(|error| format!("the original of {key} cannot be read: {}", error.kind()))?;
    let decoded = inspect(&bytes, &Limits::default()).map_err(|error| error.to_string())?;
    make_avif(&decoded, folder).map(drop).map_err(|error| error.to_string())
}

async fn mark(shop: &Shop, key: &str) -> Result<(), StoreError> {
    let mut tx = shop.store.begin().await?;
    tx.picture_has_avif(key).await?;
    tx.commit().await
}

/// Pages show new pictures once all that waited are made: each raise makes every page anew.
async fn raise(shop: &Shop) -> Result<(), StoreError> {
    let mut tx = shop.store.begin().await?;
    tx.raise_catalogue_version().await?;
    tx.commit().await
}
