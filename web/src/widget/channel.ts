/** The four calls of the conversation channel, over one request function; every failure becomes a named fault. */
import type { Begun, Reason, Reply } from '../shared/protocol';

/** Sends one request to the server. `path` begins with a slash. */
export type Send = (path: string, init: RequestInit) => Promise<Response>;

/** Why a call failed, as the citizen is to be told. */
export type FaultKind = 'offline' | 'timeout' | 'busy' | 'crowded' | 'gone' | 'closed' | 'too_long' | 'refused' | 'failed';

export class ChannelFault extends Error {
  /** `retryAfter`: seconds to wait, 0 when the server named none. */
  constructor(
    readonly kind: FaultKind,
    readonly retryAfter = 0,
  ) {
    super(kind);
  }
}

export const TIMEOUT_MS = 30_000;
const DEFAULT_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 600;
const KINDS: Record<number, FaultKind> = { 404: 'gone', 413: 'too_long', 422: 'refused', 429: 'busy', 503: 'closed' };
const BASE = '/v1/conversations';

export class Channel {
  constructor(private readonly send: Send) {}

  async begin(municipality: string, channel: string): Promise<Begun> {
    const response = await this.call('POST', BASE, { ...(municipality && { municipality }), channel });
    return (await json(response)) as Begun;
  }

  /** The reply to a text. The same `clientId` again gives the same reply; nothing is handled twice. */
  async say(id: string, text: string, clientId: string): Promise<Reply> {
    const response = await this.call('POST', `${BASE}/${encodeURIComponent(id)}/messages`, { text, client_id: clientId });
    return (await json(response)) as Reply;
  }

  async remove(id: string): Promise<void> {
    await this.call('DELETE', `${BASE}/${encodeURIComponent(id)}`);
  }

  async rate(id: string, turn: number, helpful: boolean, reason?: Reason): Promise<void> {
    await this.call('POST', `${BASE}/${encodeURIComponent(id)}/feedback`, { turn, helpful, ...(reason && { reason }) });
  }

  private async call(method: string, path: string, body?: object): Promise<Response> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    const init: RequestInit = { method, signal: abort.signal };
    if (body) Object.assign(init, { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
    let response: Response;
    try {
      response = await this.send(path, init);
    } catch {
      throw new ChannelFault(abort.signal.aborted ? 'timeout' : 'offline');
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok) throw faultOf(response);
    return response;
  }
}

function faultOf(response: Response): ChannelFault {
  const wait = response.headers.get('Retry-After');
  if (response.status === 503 && wait !== null) return new ChannelFault('crowded', waitSeconds(wait)); // not handled, and soon better
  const kind = KINDS[response.status] ?? 'failed';
  return new ChannelFault(kind, kind === 'busy' ? waitSeconds(wait) : 0);
}

/** Seconds named by a Retry-After header, which holds seconds or a date. */
export function waitSeconds(header: string | null, now = Date.now()): number {
  const given = header === null ? NaN : Number(header);
  const seconds = Number.isNaN(given) ? (Date.parse(header ?? '') - now) / 1000 : given;
  if (Number.isNaN(seconds)) return DEFAULT_WAIT_SECONDS;
  return Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil(seconds)));
}

/** The body as JSON; a broken one (a proxy's error page, a cut line) is a failure like any other. */
async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new ChannelFault('failed');
  }
}
