//! Who was erased, kept beside the database: when yesterday's database is put back, it does not know who was erased today. The file holds
//! keyed hashes and moments, so it names nobody.

use crate::private;
use anyhow::{Context, anyhow};
use shop_core::time::{Seconds, Timestamp};
use shop_flows::Shop;
use shop_flows::ports::Erased;
use std::collections::BTreeMap;
use std::path::Path;

/// The file in the data folder. It belongs in no backup that is put back over it.
pub const FILE: &str = "gewist.txt";

/// The table forgets after five years ([`shop_core::privacy::Retention::Request`]); no line here outlives it by more than some days.
const LONGEST: Seconds = Seconds::days(5 * 366);

/// Brings database and file to the same list. Lines that cannot be read are left as they are for the owner, and said in the log.
pub async fn keep(shop: &Shop, data: &Path) -> anyhow::Result<()> {
    let file = data.join(FILE);
    let kept = match std::fs::read_to_string(&file) {
        Ok(text) => read(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Kept::new(),
        Err(error) => return Err(error).context("the list of who was erased cannot be read"),
    };
    let trouble = |_| anyhow!("the list of who was erased cannot be compared; the reason stands above");
    let known = shop.erasures().await.map_err(trouble)?.into_iter();
    let known: Kept = known.map(|erased| (erased.email_hash, erased.at)).collect();
    let over = shop.clock.now().plus(Seconds(-LONGEST.0));
    let had = kept.len();
    let kept: Kept = kept.into_iter().filter(|(_, at)| *at > over).collect();
    let new: Vec<Erased> = missing(&kept, &known);
    if !new.is_empty() {
        shop.learn_erasures(&new).await.map_err(trouble)?;
    }
    let newer = missing(&known, &kept);
    if newer.is_empty() && kept.len() == had {
        return Ok(());
    }
    let mut all = kept;
    all.extend(newer.into_iter().map(|erased| (erased.email_hash, erased.at)));
    let lines: String = all.iter().map(|(hash, at)| format!("{hash} {}\n", at.micros())).collect();
    // Written beside it and moved: a machine that stops here has the old list or the new one.
    let fresh = data.join("gewist.new");
    private::file(&fresh).context("the list of who was erased cannot be made")?;
    std::fs::write(&fresh, lines).context("the list of who was erased cannot be written")?;
    std::fs::rename(&fresh, &file).context("the list of who was erased cannot be put in its place")
}

/// When each was erased, by the hash of her address.
type Kept = BTreeMap<String, Timestamp>;

/// What one list has and the other has not, or only of an earlier time.
fn missing(of: &Kept, there: &Kept) -> Vec<Erased> {
    of.iter()
        .filter(|(hash, at)| there.get(*hash).is_none_or(|other| other < at))
        .map(|(hash, at)| Erased { email_hash: hash.clone(), at: *at })
        .collect()
}

fn read(text: &str) -> Kept {
    let line = |line: &str| {
        let (hash, at) = line.split_once(' ')?;
        let hex = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        hex.then_some((hash.to_owned(), Timestamp::from_micros(at.trim().parse().ok()?)))
    };
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let read: Kept = lines.iter().filter_map(|text| line(text)).collect();
    if read.len() < lines.len() {
        tracing::error!(lines = lines.len() - read.len(), "some lines about who was erased cannot be read");
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_lines_are_read() {
        let hash = "ab".repeat(32);

        let read = read(&format!("{hash} 17\n\nkapot\n{hash} morgen\n"));

        assert_eq!(read, Kept::from([(hash, Timestamp::from_micros(17))]));
    }
}
