//! The one transaction of an import. What the shop has is read again inside it, so that nothing the owner did while pictures
//! were being made is overwritten by a stale copy.

use super::decor::{self, Decor};
use super::plan::{self, Found, News, Settled};
use super::product::{Photo, Wanted};
use super::report::{Remarks, Report};
use super::{ImportError, ImportOptions, blocking};
use shop_core::catalog::{Picture, Product};
use shop_core::id::JobId;
use shop_core::time::Timestamp;
use shop_flows::alerts::note_return;
use shop_flows::job::Job;
use shop_flows::ports::{Audit, Random, Store, StoreError, Tx};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// What is written.
pub(super) struct Sources<'a> {
    pub wanted: &'a [Wanted],
    pub look: &'a (dyn Fn(&Photo) -> Found + Sync),
    pub decor: &'a Decor,
    pub old_decor: &'a BTreeMap<String, Picture>,
}

/// Writes what differs and tells the report. In a dry run, and when nothing differs, nothing is written at all.
pub(super) async fn write(
    store: &Arc<dyn Store>,
    now: Timestamp,
    random: &dyn Random,
    options: &ImportOptions,
    sources: &Sources<'_>,
    report: &mut Report,
    remarks: &mut Remarks,
) -> Result<(), ImportError> {
    let mut tx = if options.dry_run { store.read().await? } else { store.begin().await? };
    let existing = tx.products().await?;
    let settled = plan::settle(sources.wanted, &existing, &|photo| (sources.look)(photo), remarks);
    let counts = counts(tx.as_mut(), &settled, options, report).await?;
    tell(&settled, &existing, report);
    let decor_changed = !same_pictures(&sources.decor.0, sources.old_decor);
    if options.dry_run || !(report.has_changes() || decor_changed) {
        return Ok(());
    }
    for one in settled.iter().filter(|one| one.news != News::Same) {
        tx.save_product(&one.product, one.position, now).await?;
    }
    for (variant, quantity) in counts {
        if let Some(change) = tx.count_stock(variant, quantity, &options.actor, now).await? {
            note_return(tx.as_mut(), random, &change, now).await?;
        }
    }
    if options.avif {
        for key in without_avif(&settled, &existing, sources) {
            let name = format!("avif:{key}");
            tx.enqueue(JobId::new(random.id()), &Job::Avif { key }, now, Some(&name)).await?;
        }
    }
    tx.audit(&line(report, options, now)).await?;
    tx.raise_catalogue_version().await?;
    if decor_changed {
        // Before the commit: a failed one leaves pictures that exist, a failed file after it would leave none.
        let (folder, decor) = (options.pictures_dir.clone(), sources.decor.clone());
        blocking(move || decor::write(&folder, &decor)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The stock to set: that of new sizes, and of known ones only when the owner asked for it.
async fn counts(
    tx: &mut dyn Tx,
    settled: &[Settled],
    options: &ImportOptions,
    report: &mut Report,
) -> Result<Vec<(shop_core::id::VariantId, u32)>, StoreError> {
    let mut counts = Vec::new();
    for (variant, quantity, is_known) in settled.iter().flat_map(|one| one.quantities.iter().copied()) {
        let on_hand = if is_known { tx.stock(variant).await?.map_or(0, |stock| stock.on_hand) } else { 0 };
        if is_known && quantity == on_hand {
            continue;
        }
        if is_known && !options.set_stock {
            report.stock_left += 1;
        } else {
            counts.push((variant, quantity));
        }
    }
    report.stock_set = counts.len();
    Ok(counts)
}

fn tell(settled: &[Settled], existing: &[Product], report: &mut Report) {
    let named: HashSet<_> = settled.iter().map(|one| one.product.id).collect();
    report.absent = existing.iter().filter(|known| !named.contains(&known.id)).count();
    for one in settled {
        match one.news {
            News::New => report.new.push(one.product.slug.clone()),
            News::Changed => report.changed.push(one.product.slug.clone()),
            News::Moved => report.moved += 1,
            News::Same => report.unchanged += 1,
        }
    }
}

/// Pictures that the shop did not show before and that have no AVIF files yet.
fn without_avif(settled: &[Settled], existing: &[Product], sources: &Sources<'_>) -> BTreeSet<String> {
    let shown: HashSet<&str> = existing
        .iter()
        .flat_map(|product| &product.pictures)
        .chain(sources.old_decor.values())
        .map(|picture| picture.key.as_str())
        .collect();
    let pictures = settled.iter().flat_map(|one| &one.product.pictures).chain(sources.decor.0.values());
    pictures.filter(|p| !p.has_avif && !shown.contains(p.key.as_str())).map(|p| p.key.clone()).collect()
}

fn same_pictures(one: &BTreeMap<String, Picture>, other: &BTreeMap<String, Picture>) -> bool {
    let keys = |decor: &BTreeMap<String, Picture>| -> Vec<(String, Vec<u32>)> {
        decor.iter().map(|(name, picture)| (format!("{name} {}", picture.key), picture.widths.clone())).collect()
    };
    keys(one) == keys(other)
}

fn line(report: &Report, options: &ImportOptions, now: Timestamp) -> Audit {
    Audit {
        at: now,
        actor: options.actor.clone(),
        action: "catalogue.import".to_owned(),
        subject: options.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        detail: format!(
            "{} nieuw, {} veranderd, voorraad van {} maten",
            report.new.len(),
            report.changed.len(),
            report.stock_set
        ),
    }
}
