import type { Delivery, Reply } from '../wire/reply.ts';
import { accountSuccess } from './accountAuth.ts';
import type { NewApiCall } from './newApiCall.ts';

const MOST_PER_PAGE = 100;
const ORDINARY_PER_PAGE = 10;
const FIRST_BYTES: Delivery = { how: 'resetAfter', bytes: 40 };

/** A list in pages, by the convention of the version and with the misbehavior the settings ask for. */
export function paged<Row>(
  call: NewApiCall,
  rows: Row[],
  write: (row: Row, place: number) => unknown,
): Reply {
  const bare = call.version.pages === 'arrayFrom0';
  const size = bare ? ORDINARY_PER_PAGE : pageSize(call);
  const sent = wholeNumber(call.query.get('p') ?? call.query.get('page'));
  const asked = bare ? sent + 1 : Math.max(1, sent);
  const found = pick(rows, asked, size, call);
  const items = found.map((row, index) => write(row, (asked - 1) * size + index + 1));
  const counted = Math.min(rows.length, call.settings.countLimit);
  const total = call.settings.paging === 'neverEnds' ? rows.length + asked * size + 1 : counted;
  const reply = accountSuccess(bare ? items : { page: asked, page_size: size, total, items });
  return asked >= call.settings.diesAtPage ? { ...reply, delivery: FIRST_BYTES } : reply;
}

function pick<Row>(rows: Row[], asked: number, size: number, call: NewApiCall): Row[] {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  switch (call.settings.paging) {
    case 'repeats':
      return rows.slice(0, size);
    case 'alternates':
      return slice(rows, ((asked - 1) % 2) + 1, size);
    case 'neverEnds':
      return slice(rows, ((asked - 1) % pages) + 1, size);
    case 'shuffled':
      // A fixed disorder: what fails once must fail again.
      return slice(rows, asked, size).map((_, i, page) => page[(i * 7 + 3) % page.length] as Row);
    default:
      return slice(rows, asked, size);
  }
}

function slice<Row>(rows: Row[], asked: number, size: number): Row[] {
  return rows.slice((asked - 1) * size, asked * size);
}

function pageSize(call: NewApiCall): number {
  const sent = call.query.get('page_size') ?? call.query.get('ps') ?? call.query.get('size');
  const size = wholeNumber(sent);
  return size <= 0 ? ORDINARY_PER_PAGE : Math.min(size, MOST_PER_PAGE);
}

function wholeNumber(text: string | null): number {
  return text !== null && /^-?\d+$/.test(text) ? Number(text) : 0;
}
