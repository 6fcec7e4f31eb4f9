//! Background work.

use super::given::*;
use shop_core::id::AttemptId;
use shop_flows::job::Job;
use shop_flows::ports::{ClaimedJob, DeadJob, Store, StoreError};
use std::collections::BTreeSet;
use std::sync::Arc;

fn claimed(n: u128, job: Job, tries: u32) -> Option<ClaimedJob> {
    Some(ClaimedJob { id: job_id(n), job, tries })
}

fn ask(n: u128) -> Job {
    Job::Ask { attempt: AttemptId::new(uuid(n)) }
}

pub async fn a_job_waits_until_it_is_due_and_is_gone_when_done(store: Arc<dyn Store>) -> Claim {
    let mail = Job::MailCode { to: email("marieke@voorbeeld.nl"), code: "123456".to_owned() };
    let mut tx = store.begin().await?;
    assert_eq!(tx.next_due().await?, None);
    tx.enqueue(job_id(1), &mail, at(20), None).await?;
    tx.enqueue(job_id(2), &ask(2), at(10), None).await?;

    assert_eq!(tx.next_due().await?, Some(at(10)));
    assert_eq!(tx.claim(at(9), at(60)).await?, None);
    assert_eq!(tx.claim(at(20), at(60)).await?, claimed(2, ask(2), 1));
    assert_eq!(tx.next_due().await?, Some(at(20)));
    assert_eq!(tx.claim(at(20), at(70)).await?, claimed(1, mail, 1));
    assert_eq!(tx.claim(at(20), at(60)).await?, None);
    assert_eq!(tx.next_due().await?, Some(at(60)), "the end of the first lease");

    tx.finish(job_id(1)).await?;
    tx.finish(job_id(2)).await?;
    assert_eq!(tx.next_due().await?, None);
    assert_eq!(tx.claim(at(9999), at(99_999)).await?, None);
    Ok(())
}

pub async fn a_key_waits_only_once(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    tx.enqueue(job_id(1), &Job::Housekeeping, at(10), Some("house")).await?;
    tx.enqueue(job_id(2), &Job::Housekeeping, at(5), Some("house")).await?;
    tx.enqueue(job_id(3), &ask(3), at(11), Some("ask")).await?;
    assert_eq!(tx.next_due().await?, Some(at(10)));
    assert_eq!(tx.claim(at(10), at(60)).await?, claimed(1, Job::Housekeeping, 1));

    // It runs, so what comes up now needs another run.
    tx.enqueue(job_id(4), &Job::Housekeeping, at(30), Some("house")).await?;
    assert_eq!(tx.next_due().await?, Some(at(11)));

    // The one that ran comes back although another one waits; both will run.
    tx.retry(job_id(1), at(20), "busy").await?;
    tx.finish(job_id(3)).await?;
    assert_eq!(tx.claim(at(20), at(60)).await?, claimed(1, Job::Housekeeping, 2));
    assert_eq!(tx.claim(at(30), at(60)).await?, claimed(4, Job::Housekeeping, 1));
    tx.enqueue(job_id(5), &Job::Housekeeping, at(31), Some("house")).await?;
    tx.bury(job_id(4), "broken", at(32)).await?;
    assert!(tx.revive(job_id(4), at(33)).await?);
    assert_eq!(tx.claim(at(33), at(90)).await?, claimed(5, Job::Housekeeping, 1));
    assert_eq!(tx.claim(at(33), at(90)).await?, claimed(4, Job::Housekeeping, 1));
    Ok(())
}

pub async fn a_job_that_failed_comes_back_and_can_be_given_up(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    tx.enqueue(job_id(1), &ask(1), at(0), None).await?;
    tx.enqueue(job_id(2), &ask(2), at(1), None).await?;
    assert_eq!(tx.claim(at(0), at(60)).await?, claimed(1, ask(1), 1));
    tx.retry(job_id(1), at(5), "no answer").await?;
    assert_eq!(tx.claim(at(4), at(60)).await?, claimed(2, ask(2), 1));
    assert_eq!(tx.claim(at(4), at(60)).await?, None);
    assert_eq!(tx.claim(at(5), at(60)).await?, claimed(1, ask(1), 2));

    tx.bury(job_id(1), "still no answer", at(6)).await?;
    tx.bury(job_id(2), "refused", at(7)).await?;

    let dead = |n, tries, error: &str, seconds| DeadJob {
        id: job_id(n),
        kind: "ask".to_owned(),
        tries,
        error: error.to_owned(),
        at: at(seconds),
    };
    assert_eq!(tx.dead_jobs().await?, [dead(2, 1, "refused", 7), dead(1, 2, "still no answer", 6)]);
    assert_eq!(tx.claim(at(9999), at(99_999)).await?, None);
    assert_eq!(tx.next_due().await?, None);

    assert!(tx.revive(job_id(1), at(8)).await?);
    assert!(!tx.revive(job_id(1), at(8)).await?);
    assert!(!tx.revive(job_id(9), at(8)).await?);
    assert_eq!(tx.dead_jobs().await?, [dead(2, 1, "refused", 7)]);
    assert_eq!(tx.claim(at(8), at(60)).await?, claimed(1, ask(1), 1));
    Ok(())
}

pub async fn a_job_whose_worker_died_is_run_again(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    tx.enqueue(job_id(1), &ask(1), at(0), None).await?;
    assert_eq!(tx.claim(at(0), at(60)).await?, claimed(1, ask(1), 1));

    assert_eq!(tx.claim(at(59), at(120)).await?, None);
    assert_eq!(tx.claim(at(60), at(120)).await?, claimed(1, ask(1), 2));
    Ok(())
}

pub async fn eight_workers_claim_two_hundred_jobs_once_each(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    for n in 1..=200 {
        tx.enqueue(job_id(n), &ask(n), at(i64::try_from(n % 7).expect("small")), None).await?;
    }
    tx.commit().await?;
    let worker = |_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            loop {
                let mut tx = store.begin().await?;
                let Some(claimed) = tx.claim(at(100), at(160)).await? else { return Ok::<_, StoreError>(mine) };
                tx.commit().await?;
                mine.push(claimed.id);
            }
        })
    };

    let mut all = Vec::new();
    for worker in (0..8).map(worker).collect::<Vec<_>>() {
        all.extend(worker.await.expect("no panic")?);
    }

    assert_eq!(all.len(), 200);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 200);
    Ok(())
}
