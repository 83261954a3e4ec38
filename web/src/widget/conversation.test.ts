import { beforeEach, expect, test, vi } from 'vitest';
import type { Reply } from '../shared/protocol';
import { Channel, ChannelFault } from './channel';
import { Conversation, type Said } from './conversation';

const reply = (text: string, redacted = false): Reply => ({ messages: [{ text }], turn: 1, redacted });
const outcome = { changed: vi.fn(), replied: vi.fn(), failed: vi.fn() };
let channel: Channel;

beforeEach(() => {
  vi.clearAllMocks();
  channel = new Channel(() => Promise.reject(new Error('not stubbed')));
  vi.spyOn(channel, 'begin').mockResolvedValue({ id: 'c1', notice: 'Hej' });
});

const conversation = () => new Conversation(channel, 'gladsaxe', 'widget', outcome, '[fjernet]');
const first = (talk: Conversation) => talk.entries[0] as Said;

test('a message and its reply stand in order', async () => {
  vi.spyOn(channel, 'say').mockResolvedValue(reply('Gratis'));
  const talk = conversation();
  await talk.say('Hvad koster det?');
  expect(talk.entries.map((entry) => entry.kind)).toEqual(['said', 'replied']);
  expect(first(talk).state).toBe('sent');
});

test('trying again uses the same client id and adds nothing', async () => {
  const say = vi.spyOn(channel, 'say').mockRejectedValueOnce(new ChannelFault('offline')).mockResolvedValue(reply('Gratis'));
  const talk = conversation();
  await talk.say('Hvad koster det?');
  expect(first(talk)).toMatchObject({ state: 'failed', fault: 'offline' });
  await talk.reconnect();
  expect(say.mock.calls[0]?.[2]).toBe(say.mock.calls[1]?.[2]);
  expect(talk.entries.map((entry) => entry.kind)).toEqual(['said', 'replied']);
});

test('only what failed for want of a connection is sent again by itself', async () => {
  const say = vi.spyOn(channel, 'say').mockRejectedValue(new ChannelFault('busy', 30));
  const talk = conversation();
  await talk.say('Hej');
  await talk.reconnect();
  expect(say).toHaveBeenCalledTimes(1);
  expect(first(talk).retryAt).toBeGreaterThan(Date.now());
});

test('an expired conversation is begun anew once, and the citizen is told', async () => {
  const say = vi.spyOn(channel, 'say').mockRejectedValueOnce(new ChannelFault('gone')).mockResolvedValue(reply('Gratis'));
  const talk = conversation();
  talk.restore({ id: 'old', notice: '', entries: [{ kind: 'replied', turn: 1, messages: [] }] });
  await talk.say('Og hvad koster det?');
  expect(say.mock.calls.map((call) => call[0])).toEqual(['old', 'c1']);
  expect(talk.entries.map((entry) => entry.kind)).toEqual(['replied', 'note', 'said', 'replied']);
});

test.each([{ state: 'sending' } as const, { state: 'failed', fault: 'offline' } as const])('a message under way at a reload is sent again under its own id: %o', async (under) => {
  const say = vi.spyOn(channel, 'say').mockResolvedValue(reply('Gratis'));
  const talk = conversation();
  talk.restore({ id: 'c1', notice: '', entries: [{ kind: 'said', clientId: 'm1', text: 'Hej', ...under }] });
  await vi.waitFor(() => expect(talk.waiting).toBe(false));
  expect(say).toHaveBeenCalledWith('c1', 'Hej', 'm1');
});

test.each(['010190-1234', '0101901234', '010190 1234', '010190 - 1234'])('%s is not kept when the server removed it', async (number) => {
  vi.spyOn(channel, 'say').mockResolvedValue(reply('Tak', true));
  const talk = conversation();
  await talk.say(`Mit nummer er ${number}.`);
  expect(first(talk).text).toBe('Mit nummer er [fjernet].');
});

test('deleting forgets everything, also when the server no longer knows it', async () => {
  vi.spyOn(channel, 'say').mockResolvedValue(reply('Gratis'));
  vi.spyOn(channel, 'remove').mockRejectedValue(new ChannelFault('gone'));
  const talk = conversation();
  await talk.say('Hej');
  expect(await talk.remove()).toBe(true);
  expect([talk.id, talk.entries]).toEqual(['', []]);
});

test('what could not be deleted at the server is not hidden from the citizen', async () => {
  vi.spyOn(channel, 'say').mockResolvedValue(reply('Gratis'));
  vi.spyOn(channel, 'remove').mockRejectedValue(new ChannelFault('offline'));
  const talk = conversation();
  await talk.say('Hej');
  expect(await talk.remove()).toBe(false);
  expect(talk.entries).toHaveLength(2);
});

test('a reply to a conversation deleted meanwhile is dropped', async () => {
  let answer = (_: Reply) => {};
  vi.spyOn(channel, 'say').mockReturnValue(new Promise((resolve) => (answer = resolve)));
  vi.spyOn(channel, 'remove').mockResolvedValue();
  const talk = conversation();
  const said = talk.say('Hej');
  await vi.waitFor(() => expect(channel.say).toHaveBeenCalled());
  await talk.remove();
  answer(reply('Gratis'));
  await said;
  expect(talk.entries).toEqual([]);
});

test('two calls for a beginning make one conversation', async () => {
  const talk = conversation();
  await Promise.all([talk.begin(), talk.begin()]);
  expect(channel.begin).toHaveBeenCalledTimes(1);
});
