/** Requests to our own server: JSON in and out, a limit on the wait, and faults as kinds that have a Danish sentence each. */
import { sharedTexts as t } from './texts';

export type FaultKind = keyof typeof t.faults;

const WAIT = 10_000; // milliseconds until a request is given up
const KINDS: Record<number, FaultKind> = { 401: 'login', 403: 'login', 404: 'missing', 413: 'refused', 422: 'refused', 429: 'busy', 503: 'closed' };

/** A request that failed; `kind` is a key of `shared.faults` in the Danish table. */
export class Fault extends Error {
  constructor(readonly kind: FaultKind) {
    super(kind);
  }
}

/** What to tell a person about an error. */
export function faultText(error: unknown): string {
  return t.faults[error instanceof Fault ? error.kind : 'failed'];
}

/** Whether the caller itself gave the request up, so that nobody needs to be told. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export type Values = Record<string, string | number | string[] | null | undefined>;

/** GET with a query made of the values that are there; a list becomes a repeated parameter. */
export function getJson<T>(path: string, values: Values = {}, signal?: AbortSignal): Promise<T> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [String(value)]) query.append(name, one);
  }
  const search = query.toString();
  return send<T>(search ? `${path}?${search}` : path, {}, signal);
}

export function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return send<T>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }, signal);
}

async function send<T>(address: string, request: RequestInit, signal?: AbortSignal): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), WAIT);
  const forward = () => limit.abort();
  signal?.addEventListener('abort', forward);
  try {
    signal?.throwIfAborted();
    const response = await fetch(address, { ...request, signal: limit.signal });
    if (!response.ok) throw new Fault(KINDS[response.status] ?? 'failed');
    return (await response.json()) as T;
  } catch (error) {
    if (error instanceof Fault || signal?.aborted) throw error;
    throw new Fault(isAborted(error) ? 'timeout' : error instanceof TypeError ? 'offline' : 'failed');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
  }
}
