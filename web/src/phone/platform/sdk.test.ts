import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { client } from '@/api/client';
import { prepare, scripts, signedAddress, type DdConfig, type WxConfig } from './sdk';

const signed = { corp_id: 'ww1', agent_id: '1000002', timestamp: 1414587457, nonce: 'n1', signature: 's1' };
let loaded: string[] = [];

/** What the vendor's script does when it came: puts its object on the page, or nothing at all. */
function page(onScript: (script: HTMLScriptElement) => void) {
  vi.spyOn(document.head, 'append').mockImplementation((node) => {
    const script = node as HTMLScriptElement;
    loaded.push(script.src);
    onScript(script);
  });
}

function serve(name: 'wx' | 'dd', outcome: 'ready' | 'error' | 'silence') {
  const given: object[] = [];
  const sdk: WxConfig & DdConfig = {
    config: (settings: object) => given.push(settings),
    ready: (then) => {
      if (outcome === 'ready') then();
    },
    error: (then) => {
      if (outcome === 'error') then({ errMsg: 'config:invalid signature' });
    },
  };
  page((script) => {
    vi.stubGlobal(name, sdk);
    script.onload?.(new Event('load'));
  });
  return given;
}

beforeEach(() => {
  loaded = [];
  vi.useFakeTimers();
  vi.spyOn(client, 'POST').mockResolvedValue({ data: signed, response: new Response() } as never);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("the app's own script", () => {
  it('is configured in WeCom as documented', async () => {
    const given = serve('wx', 'ready');
    expect(await prepare('wecom')).toBe(true);
    expect(loaded).toEqual([scripts.wecom]);
    expect(given).toMatchObject([{ beta: true, appId: 'ww1', timestamp: 1414587457, nonceStr: 'n1', signature: 's1' }]);
  });

  it('is configured in DingTalk as documented', async () => {
    const given = serve('dd', 'ready');
    expect(await prepare('dingtalk')).toBe(true);
    expect(loaded).toEqual([scripts.dingtalk]);
    expect(given).toMatchObject([{ corpId: 'ww1', agentId: '1000002', timeStamp: 1414587457, nonceStr: 'n1', signature: 's1', type: 0 }]);
  });

  it('is not fetched where the company has not set the app up', async () => {
    vi.spyOn(client, 'POST').mockRejectedValue(new Error('account_incomplete'));
    serve('wx', 'ready');
    expect(await prepare('wecom')).toBe(false);
    expect(loaded).toEqual([]);
  });

  it('leaves the browser when it is blocked or the signature refused', async () => {
    page((script) => script.onerror?.(new Event('error')));
    expect(await prepare('wecom')).toBe(false);
    serve('wx', 'error');
    expect(await prepare('wecom')).toBe(false);
  });

  it('leaves the browser after five seconds of silence', async () => {
    serve('dd', 'silence');
    const prepared = prepare('dingtalk');
    await vi.advanceTimersByTimeAsync(5000);
    expect(await prepared).toBe(false);
  });

  it('is signed for the page without its fragment', () => {
    expect(signedAddress('Android')).toBe(window.location.href.replace(/#.*/, ''));
  });
});
