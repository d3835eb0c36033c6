//! Remembers the node of each component seen: exact keys in one arena of bytes, found through an open hash table.

/// Which entry, as long as the cache has not been emptied since.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntryId {
    index: u32,
    round: u32,
}

struct Entry {
    hash: u32,
    start: u32,
    length: u32,
    node: u32,
}

/// Nodes by key.
pub(super) struct Cache {
    table: Vec<u32>,
    entries: Vec<Entry>,
    keys: Vec<u8>,
    limit: usize,
    round: u32,
}

const EMPTY: u32 = u32::MAX;
const PENDING: u32 = u32::MAX;

impl Cache {
    /// An empty cache that is emptied again when its keys reach `limit` bytes (at most 2 GiB).
    pub fn new(limit: usize) -> Self {
        Self {
            table: vec![EMPTY; 1 << 12],
            entries: Vec::new(),
            keys: Vec::new(),
            limit: limit.min(1 << 31),
            round: 0,
        }
    }

    /// The node of this key, or else the new entry to [`Cache::fill`].
    pub fn find(&mut self, key: &[u8]) -> Result<u32, EntryId> {
        let hash = hash(key);
        let mask = self.table.len() - 1;
        let mut place = hash as usize & mask;
        while self.table[place] != EMPTY {
            let entry = &self.entries[self.table[place] as usize];
            let start = entry.start as usize;
            if entry.hash == hash
                && entry.node != PENDING
                && self.keys[start..start + entry.length as usize] == *key
            {
                return Ok(entry.node);
            }
            place = (place + 1) & mask;
        }
        if self.keys.len() + key.len() > self.limit {
            self.table.fill(EMPTY);
            self.entries.clear();
            self.keys.clear();
            self.round += 1;
            place = hash as usize & mask;
        }
        let index = self.entries.len() as u32;
        self.table[place] = index;
        let entry = Entry { hash, start: self.keys.len() as u32, length: key.len() as u32, node: PENDING };
        self.entries.push(entry);
        self.keys.extend_from_slice(key);
        if self.entries.len() * 2 > self.table.len() {
            self.grow();
        }
        Err(EntryId { index, round: self.round })
    }

    fn grow(&mut self) {
        let size = self.table.len() * 2;
        self.table.clear();
        self.table.resize(size, EMPTY);
        for (index, entry) in self.entries.iter().enumerate() {
            let mut place = entry.hash as usize & (size - 1);
            while self.table[place] != EMPTY {
                place = (place + 1) & (size - 1);
            }
            self.table[place] = index as u32;
        }
    }

    /// Says what the node of an entry is.
    pub fn fill(&mut self, entry: EntryId, node: u32) {
        if entry.round == self.round
            && let Some(entry) = self.entries.get_mut(entry.index as usize)
        {
            entry.node = node;
        }
    }
}

fn hash(key: &[u8]) -> u32 {
    let mut hash: u64 = key.len() as u64;
    let (words, rest) = key.as_chunks();
    for &word in words {
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    for &byte in rest {
        hash = (hash.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    (hash >> 32) as u32 ^ hash as u32
}
