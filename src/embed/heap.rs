//! The browser's allocator: free lists by size, over whole units of memory. Imports nothing.
//!
//! The standard library's (dlmalloc) costs the browser 1.7 kB more. What is small comes in blocks
//! of a power of two, each size with a list of its own; what is large in whole [`UNIT`]s out of
//! one list in the order of addresses, in which neighbours grow together. Rust says how large a
//! block is when it gives it back, so nothing stands beside the blocks.
//!
//! Here `unsafe` can't be done without: it is what handing out memory means. The lists hold only
//! memory that came from [`Heap::grow`] and is not handed out, each byte of it once: taking and
//! giving back keep that, and the tests hold them to it.
#![allow(unsafe_code)]

/// Large blocks are multiples of it, and it is cut into small ones. 4 KiB.
const UNIT: usize = 1 << 12;

/// The smallest block: 16 bytes hold what a free one is linked by, and align everything.
const LEAST: usize = 16;

/// Sizes of small blocks: 16 to 2048 bytes.
const SIZES: usize = 8;

/// Memory and what of it is free. Addresses are numbers; 0 is none.
pub struct Heap {
    /// Asks for at least so many bytes more; where they begin and how many there are.
    grow: fn(usize) -> (usize, usize),
    /// Where the memory got last ends.
    end: usize,
    /// The first free block of each small size. Each holds the address of the next.
    small: [usize; SIZES],
    /// The first free run of units, by address.
    large: usize,
}

/// What stands at the beginning of a free run of units.
struct Run {
    next: usize,
    bytes: usize,
}

/// The small size that holds so many bytes, by its number; [`SIZES`] or more where none does.
fn place(bytes: usize) -> usize {
    let above = bytes.max(LEAST).wrapping_sub(1);
    // The bits of what is below it: 4 bits for 16 bytes.
    (usize::BITS.wrapping_sub(above.leading_zeros()) as usize).wrapping_sub(4)
}

/// So many bytes in whole units; what is past all bounds stays so.
fn units(bytes: usize) -> usize {
    bytes.saturating_add(UNIT - 1) & !(UNIT - 1)
}

impl Heap {
    /// Without memory yet. `grow` gives back 0 bytes where there is no more, and else memory
    /// that is nobody else's, for good, in whole units on an address that is a multiple of one.
    pub const fn new(grow: fn(usize) -> (usize, usize)) -> Heap {
        Heap {
            grow,
            end: 0,
            small: [0; SIZES],
            large: 0,
        }
    }

    /// How much a block takes: two sizes that take the same are one block.
    pub fn taken(bytes: usize) -> usize {
        let place = place(bytes);
        if place < SIZES {
            LEAST << place
        } else {
            units(bytes)
        }
    }

    /// The address of so many bytes, a multiple of the block's size or of [`UNIT`]; 0 where there
    /// is no more memory.
    pub fn take(&mut self, bytes: usize) -> usize {
        let place = place(bytes);
        let Some(&first) = self.small.get(place) else {
            return self.take_units(units(bytes));
        };
        let mut block = first;
        if block == 0 {
            // All but the first block of a unit go to the list.
            block = self.take_units(UNIT);
            let size = LEAST << place;
            let mut at = size;
            while block != 0 && at < UNIT {
                // SAFETY: within the unit just taken, and not handed out.
                unsafe { self.give(block.wrapping_add(at), size) };
                at = at.wrapping_add(size);
            }
            return block;
        }
        if let Some(first) = self.small.get_mut(place) {
            // SAFETY: a free block holds the address of the next.
            *first = unsafe { *(block as *const usize) };
        }
        block
    }

    /// Takes a block back.
    ///
    /// # Safety
    /// It was taken with a size that [takes](Heap::taken) the same, and is used no more.
    pub unsafe fn give(&mut self, block: usize, bytes: usize) {
        if let Some(first) = self.small.get_mut(place(bytes)) {
            // SAFETY: the block is ours now, aligned, and holds an address.
            unsafe { *(block as *mut usize) = *first };
            *first = block;
        } else {
            // SAFETY: as for this function.
            unsafe { self.give_units(block, units(bytes)) };
        }
    }

    fn take_units(&mut self, bytes: usize) -> usize {
        loop {
            let mut link: *mut usize = &raw mut self.large;
            let mut tail = 0;
            // SAFETY: `link` is our own field, or that of a free run; it holds 0 or the address
            // of a free run.
            unsafe {
                while *link != 0 {
                    let run = *link as *mut Run;
                    if let Some(rest) = (*run).bytes.checked_sub(bytes) {
                        (*run).bytes = rest;
                        // From its end, so that its beginning can stay where it is.
                        let block = (*link).wrapping_add(rest);
                        if rest == 0 {
                            *link = (*run).next;
                        }
                        return block;
                    }
                    if (*link).wrapping_add((*run).bytes) == self.end {
                        tail = (*run).bytes;
                    }
                    link = &raw mut (*run).next;
                }
            }
            // What is free at the end of all memory grows together with what comes.
            let (at, more) = (self.grow)(bytes.wrapping_sub(tail));
            if more == 0 {
                return 0;
            }
            self.end = at.wrapping_add(more);
            // SAFETY: new memory is nobody's.
            unsafe { self.give_units(at, more) };
        }
    }

    /// # Safety
    /// Whole units, nobody's any more.
    unsafe fn give_units(&mut self, block: usize, bytes: usize) {
        let mut before = 0;
        let mut link: *mut usize = &raw mut self.large;
        // SAFETY: as in `take_units`; the block holds a run now.
        unsafe {
            while *link != 0 && *link < block {
                before = *link;
                link = &raw mut (*(before as *mut Run)).next;
            }
            let next = *link;
            let mut run = before as *mut Run;
            if before != 0 && before.wrapping_add((*run).bytes) == block {
                (*run).bytes = (*run).bytes.wrapping_add(bytes);
            } else {
                *link = block;
                run = block as *mut Run;
                *run = Run { next, bytes };
            }
            if next != 0 && (run as usize).wrapping_add((*run).bytes) == next {
                let after = next as *mut Run;
                (*run).bytes = (*run).bytes.wrapping_add((*after).bytes);
                (*run).next = (*after).next;
            }
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    //! The instance's memory.

    use super::{Heap, UNIT};
    use std::alloc::{GlobalAlloc, Layout};
    use std::arch::wasm32::memory_grow;
    use std::cell::UnsafeCell;

    struct Memory(UnsafeCell<Heap>);

    // SAFETY: WebAssembly without threads.
    unsafe impl Sync for Memory {}

    #[global_allocator]
    static MEMORY: Memory = Memory(UnsafeCell::new(Heap::new(grow)));

    /// WebAssembly's pages have 64 KiB.
    const PAGE: usize = 1 << 16;

    fn grow(bytes: usize) -> (usize, usize) {
        let pages = bytes.saturating_add(PAGE - 1) / PAGE;
        match memory_grow(0, pages) {
            usize::MAX => (0, 0),
            before => (before.wrapping_mul(PAGE), pages.wrapping_mul(PAGE)),
        }
    }

    // SAFETY: blocks are apart from one another and as large as wanted; they begin at a multiple
    // of their own size or of a unit, and nobody here wants a larger alignment than a unit's.
    unsafe impl GlobalAlloc for Memory {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: nobody else looks at the heap: it calls nobody.
            let heap = unsafe { &mut *self.0.get() };
            debug_assert!(layout.align() <= UNIT);
            heap.take(layout.size().max(layout.align())) as *mut u8
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: as above; the caller has it from `alloc`, with this layout.
            unsafe {
                let heap = &mut *self.0.get();
                heap.give(block as usize, layout.size().max(layout.align()));
            }
        }

        unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
            let (old, new) = (layout.size().max(layout.align()), size.max(layout.align()));
            if Heap::taken(old) == Heap::taken(new) {
                return block;
            }
            // SAFETY: as above; both are at least as large as what is copied, and apart.
            unsafe {
                let heap = &mut *self.0.get();
                let moved = heap.take(new) as *mut u8;
                if !moved.is_null() {
                    std::ptr::copy_nonoverlapping(block, moved, old.min(new));
                    heap.give(block as usize, old);
                }
                moved
            }
        }
    }
}

#[allow(clippy::arithmetic_side_effects)] // Small numbers, and a test fails loudly.
#[cfg(test)]
mod tests {
    use super::*;
    use std::alloc::{Layout, alloc};
    use std::cell::Cell;

    thread_local! {
        /// Memory for tests: 16 MiB from the system, handed out in pages of 64 KiB.
        static LEFT: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    }

    fn grow(bytes: usize) -> (usize, usize) {
        LEFT.with(|left| {
            let (at, bytes_left) = left.get();
            let more = bytes.saturating_add(0xFFFF) & !0xFFFF;
            if more > bytes_left {
                return (0, 0);
            }
            left.set((at + more, bytes_left - more));
            (at, more)
        })
    }

    fn heap() -> Heap {
        let bytes = 16 << 20;
        // SAFETY: the layout has a size. Never given back: the test's process ends.
        let memory = unsafe { alloc(Layout::from_size_align(bytes, UNIT).unwrap()) };
        LEFT.with(|left| left.set((memory as usize, bytes)));
        Heap::new(grow)
    }

    /// A block as a test has it: where, how large, and what it was filled with.
    struct Held {
        at: usize,
        bytes: usize,
        mark: u8,
    }

    impl Held {
        fn fill(&self) {
            // SAFETY: the block is the test's.
            unsafe { std::ptr::write_bytes(self.at as *mut u8, self.mark, self.bytes) };
        }

        fn is_whole(&self) -> bool {
            // SAFETY: as above.
            let held = unsafe { std::slice::from_raw_parts(self.at as *const u8, self.bytes) };
            held.iter().all(|byte| *byte == self.mark)
        }
    }

    #[test]
    fn blocks_never_touch_one_another_and_come_back() {
        let mut heap = heap();
        let mut held: Vec<Held> = Vec::new();
        let mut random = 7_u32;
        for step in 0..200_000_u32 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let choice = random >> 8;
            if choice % 5 < 2 + u32::from(held.len() < 300) && held.len() < 2000 {
                let bytes = match choice % 7 {
                    0 => choice as usize % 40_000,
                    1 => UNIT * (1 + choice as usize % 3),
                    _ => choice as usize % 300,
                };
                let at = heap.take(bytes);
                assert_ne!(at, 0);
                assert_eq!(at % LEAST, 0);
                assert_eq!(at % Heap::taken(bytes).min(UNIT), 0, "{bytes}");
                held.push(Held {
                    at,
                    bytes,
                    mark: step as u8,
                });
                held.last().unwrap().fill();
            } else if !held.is_empty() {
                let gone = held.swap_remove(choice as usize % held.len());
                assert!(gone.is_whole(), "step {step}");
                // SAFETY: taken above, and gone.
                unsafe { heap.give(gone.at, gone.bytes) };
            }
        }
        for gone in held {
            assert!(gone.is_whole());
            // SAFETY: as above.
            unsafe { heap.give(gone.at, gone.bytes) };
        }
    }

    #[test]
    fn large_blocks_grow_together_again() {
        let mut heap = heap();
        let blocks: Vec<usize> = (0..12).map(|_| heap.take(1 << 20)).collect();
        assert!(blocks.iter().all(|at| *at != 0));
        // Every other one first, so that each of the rest joins two.
        for at in blocks
            .iter()
            .step_by(2)
            .chain(blocks.iter().skip(1).step_by(2))
        {
            // SAFETY: taken above.
            unsafe { heap.give(*at, 1 << 20) };
        }
        assert_ne!(heap.take(15 << 20), 0, "the rest came from beyond the end");
    }

    #[test]
    fn where_there_is_no_more_nothing_is_lost() {
        let mut heap = heap();
        assert_eq!(heap.take(17 << 20), 0);
        assert_eq!(heap.take(usize::MAX), 0);
        let blocks: Vec<usize> = std::iter::repeat_with(|| heap.take(UNIT))
            .take_while(|at| *at != 0)
            .collect();
        assert_eq!(blocks.len(), (16 << 20) / UNIT);
        assert_eq!(heap.take(1), 0);
        // SAFETY: taken above.
        unsafe { heap.give(blocks[9], UNIT) };
        assert_ne!(heap.take(1), 0);
    }

    #[test]
    fn sizes_that_share_a_block_are_one() {
        for (bytes, taken) in [
            (0, 16),
            (16, 16),
            (17, 32),
            (2048, 2048),
            (2049, UNIT),
            (UNIT + 1, 2 * UNIT),
        ] {
            assert_eq!(Heap::taken(bytes), taken, "{bytes}");
        }
    }
}
