import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DingTalkSdk } from './dingtalk';
import { detect, loadPlatform } from './platform';
import type { WeComSdk } from './wecom';

const agents = {
  wecom: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 wxwork/4.1.28 MicroMessenger/7.0.1 Language/zh',
  dingtalk: 'Mozilla/5.0 (Linux; U; Android 13; zh-CN) AppleWebKit/537.36 Chrome/100.0 Mobile Safari/537.36 AliApp(DingTalk/7.5.10)',
  wechat: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.49',
};
const now = '2026-05-12T02:00:00.000Z';

beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  vi.useFakeTimers({ now: new Date(now) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('which program shows the page', () => {
  it('is told by the names that WeCom and DingTalk give themselves; plain WeChat is a browser', () => {
    expect(detect(agents.wecom)).toBe('wecom');
    expect(detect(agents.dingtalk)).toBe('dingtalk');
    expect(detect(agents.wechat)).toBe('web');
  });

  it('is taken for a browser where its SDK is not on the page', async () => {
    expect((await loadPlatform(agents.wecom)).key).toBe('web');
    expect((await loadPlatform(agents.dingtalk)).key).toBe('web');
  });
});

function wecomSdk(change: Partial<WeComSdk> = {}): WeComSdk {
  return {
    getLocation: ({ type, success }) => {
      success({ latitude: '31.3', longitude: type === 'gcj02' ? '120.6' : '0', accuracy: '25' });
    },
    chooseImage: ({ sizeType, sourceType, success }) => {
      success({ localIds: [`${sizeType.join()}/${sourceType.join()}`] });
    },
    getLocalImgData: ({ localId, success }) => {
      success({ localData: `data:image/jpeg;base64,${btoa(localId)}` });
    },
    startRecord: ({ success }) => {
      success({});
    },
    stopRecord: ({ success }) => {
      success({ localId: 'voice-1' });
    },
    translateVoice: ({ localId, success }) => {
      success({ translateResult: `${localId}：急诊排队久` });
    },
    ...change,
  };
}

describe.each(['wx', 'ww'])('in WeCom with %s on the page', (name) => {
  const open = async (sdk = wecomSdk()) => {
    vi.stubGlobal(name, sdk);
    return loadPlatform(agents.wecom);
  };

  it('asks for the place in the coordinates of Chinese maps', async () => {
    const fix = await (await open()).locate();
    expect(fix).toEqual({ latitude: 31.3, longitude: 120.6, accuracy_m: 25, system: 'GCJ02', at: now });
  });

  it('takes the original from the camera', async () => {
    const [photo] = await (await open()).takePhoto();
    expect(photo?.type).toBe('image/jpeg');
    expect(await photo?.text()).toBe('original/camera');
  });

  it('gives no picture when the person thinks better of it', async () => {
    const platform = await open(wecomSdk({ chooseImage: ({ cancel }) => { cancel(); } }));
    expect(await platform.takePhoto()).toEqual([]);
  });

  it('turns speech to text when the speaker stops', async () => {
    const listening = (await open()).voiceToText?.();
    listening?.stop();
    expect(await listening?.text).toBe('voice-1：急诊排队久');
  });

  it('tells a refusal from a failure', async () => {
    const refused = await open(wecomSdk({ getLocation: ({ fail }) => { fail({ errMsg: 'getLocation:fail auth deny' }); } }));
    await expect(refused.locate()).rejects.toMatchObject({ reason: 'denied' });
    const failed = await open(wecomSdk({ getLocation: ({ fail }) => { fail({ errMsg: 'getLocation:fail no signal' }); } }));
    await expect(failed.locate()).rejects.toMatchObject({ reason: 'unavailable' });
  });
});

describe('in DingTalk', () => {
  const dd: DingTalkSdk = {
    device: {
      geolocation: {
        get: ({ coordinate, useCache, onSuccess }) => {
          onSuccess({ latitude: 31.3, longitude: coordinate === 1 && !useCache ? 120.6 : 0, accuracy: 40 });
        },
      },
      audio: {
        startRecord: ({ maxDuration, onSuccess }) => {
          onSuccess({ maxDuration });
        },
        stopRecord: ({ onSuccess }) => {
          onSuccess({ mediaId: 'm1', duration: 6 });
        },
        translateVoice: ({ mediaId, duration, onSuccess }) => {
          onSuccess({ content: `${mediaId}/${duration}：预算未定` });
        },
      },
    },
  };

  it('asks for the place anew, in the coordinates of Chinese maps', async () => {
    vi.stubGlobal('dd', dd);
    const platform = await loadPlatform(agents.dingtalk);
    expect(platform.key).toBe('dingtalk');
    expect(await platform.locate()).toEqual({ latitude: 31.3, longitude: 120.6, accuracy_m: 40, system: 'GCJ02', at: now });
  });

  it('turns speech to text with what the recording lasted', async () => {
    vi.stubGlobal('dd', dd);
    const listening = (await loadPlatform(agents.dingtalk)).voiceToText?.();
    listening?.stop();
    expect(await listening?.text).toBe('m1/6：预算未定');
  });

  it('tells a refusal from a failure', async () => {
    const refusing: DingTalkSdk = { device: { geolocation: { get: ({ onFail }) => { onFail({ errorMessage: 'permission denied' }); } } } };
    vi.stubGlobal('dd', refusing);
    const platform = await loadPlatform(agents.dingtalk);
    await expect(platform.locate()).rejects.toMatchObject({ reason: 'denied' });
    expect(platform.voiceToText).toBeNull();
  });
});

describe('in a browser', () => {
  it('tells the place of satellites with its accuracy', async () => {
    const coords = { latitude: 31.2, longitude: 121.4, accuracy: 18 };
    const getCurrentPosition = (found: (position: object) => void) => {
      found({ coords, timestamp: Date.parse(now) });
    };
    vi.stubGlobal('navigator', { geolocation: { getCurrentPosition } });
    const fix = await (await loadPlatform('Chrome')).locate();
    expect(fix).toEqual({ latitude: 31.2, longitude: 121.4, accuracy_m: 18, system: 'WGS84', at: now });
  });

  it('says that the place was refused', async () => {
    const getCurrentPosition = (_found: unknown, failed: (error: object) => void) => {
      failed({ code: 1, message: 'User denied Geolocation' });
    };
    vi.stubGlobal('navigator', { geolocation: { getCurrentPosition } });
    await expect((await loadPlatform('Chrome')).locate()).rejects.toMatchObject({ reason: 'denied' });
  });

  it('offers speech only where the browser has it, and gives all that was said', async () => {
    expect((await loadPlatform('Chrome')).voiceToText).toBeNull();
    class Recogniser {
      onresult: ((event: object) => void) | null = null;
      onend: (() => void) | null = null;
      start() {
        this.onresult?.({ results: [{ isFinal: true, 0: { transcript: '床位紧张，' } }, { isFinal: true, 0: { transcript: '想先试用' } }] });
      }
      stop() {
        this.onend?.();
      }
    }
    vi.stubGlobal('webkitSpeechRecognition', Recogniser);
    const listening = (await loadPlatform('Chrome')).voiceToText?.();
    listening?.stop();
    expect(await listening?.text).toBe('床位紧张，想先试用');
  });
});
