import { body, client } from '@/api/client';
import type { Platform } from './platform';

/**
 * The app's own script, fetched only where the app shows the page and the company has set it up.
 * https://developer.work.weixin.qq.com/document/path/90514
 * https://open.dingtalk.com/document/orgapp/jsapi-authentication
 */
type App = Exclude<Platform['key'], 'web'>;
type Signed = { corp_id: string; agent_id: string; timestamp: number; nonce: string; signature: string };
type Answers = { ready: (then: () => void) => void; error: (then: (problem: unknown) => void) => void };
export type WxConfig = Answers & {
  config: (given: { beta: true; debug: false; appId: string; timestamp: number; nonceStr: string; signature: string; jsApiList: string[] }) => void;
};
export type DdConfig = Answers & {
  config: (given: { agentId: string; corpId: string; timeStamp: number; nonceStr: string; signature: string; type: 0; jsApiList: string[] }) => void;
};
type OnPage = { ww?: unknown; wx?: WxConfig; dd?: DdConfig };

export const scripts: Record<App, string> = {
  wecom: 'https://res.wx.qq.com/open/js/jweixin-1.2.0.js',
  dingtalk: 'https://g.alicdn.com/dingding/dingtalk-jsapi/2.10.3/dingtalk.open.js',
};
const interfaces: Record<App, string[]> = {
  wecom: ['getLocation', 'chooseImage', 'getLocalImgData', 'startRecord', 'stopRecord', 'translateVoice'],
  dingtalk: ['device.geolocation.get', 'device.audio.startRecord', 'device.audio.stopRecord', 'device.audio.translateVoice'],
};
const patience_ms = 5000;

/** The address that is signed: iOS keeps to the one with which the page was opened. */
export function signedAddress(userAgent = navigator.userAgent): string {
  const [opened] = performance.getEntriesByType('navigation');
  const address = /iPhone|iPad/i.test(userAgent) && opened ? opened.name : window.location.href;
  return address.replace(/#.*$/, '');
}

function load(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => {
      resolve();
    };
    script.onerror = () => {
      reject(new Error(`not loaded: ${address}`));
    };
    document.head.append(script);
  });
}

function configure(app: App, { corp_id, agent_id, timestamp, nonce, signature }: Signed): Promise<void> {
  const { wx, dd } = globalThis as OnPage;
  const sdk = app === 'wecom' ? wx : dd;
  return new Promise((resolve, reject) => {
    if (!sdk) {
      reject(new Error(`${app}: its script gave nothing`));
      return;
    }
    sdk.error((problem) => {
      reject(new Error(JSON.stringify(problem)));
    });
    const common = { nonceStr: nonce, signature, jsApiList: interfaces[app] };
    if (app === 'wecom') wx?.config({ beta: true, debug: false, appId: corp_id, timestamp, ...common });
    else dd?.config({ agentId: agent_id, corpId: corp_id, timeStamp: timestamp, type: 0, ...common });
    sdk.ready(resolve);
  });
}

async function open(app: App): Promise<void> {
  const asked = { params: { path: { provider: app } }, body: { url: signedAddress(), for_agent: false } };
  const signed = await body(client.POST('/api/integrations/{provider}/page-signature', asked));
  await load(scripts[app]);
  await configure(app, signed);
}

/** Whether the app lends its interfaces to this page; what hinders it leaves the browser's own. */
export async function prepare(app: App): Promise<boolean> {
  const { ww, wx, dd } = globalThis as OnPage;
  if (app === 'wecom' ? (ww ?? wx) : dd) return true;
  const late = new Promise<boolean>((resolve) => {
    setTimeout(resolve, patience_ms, false);
  });
  const opened = open(app).then(
    () => true,
    () => false,
  );
  return Promise.race([opened, late]);
}
