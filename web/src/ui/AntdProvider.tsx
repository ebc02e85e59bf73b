import { ConfigProvider, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReducedMotion } from './media';
import { useIsDark } from './theme';

const light = {
  colorPrimary: '#0958d9',
  colorPrimaryHover: '#0747ad',
  colorPrimaryActive: '#063b8f',
  colorLinkHover: '#0747ad',
  colorLink: '#0958d9',
  colorText: '#18202c',
  colorTextSecondary: '#465163',
  colorTextTertiary: 'rgba(0,0,0,.6)',
  colorTextDescription: 'rgba(0,0,0,.6)',
  colorTextQuaternary: 'rgba(0,0,0,.58)',
  colorTextPlaceholder: 'rgba(0,0,0,.58)',
  colorBorder: '#c9d0db',
  colorBorderSecondary: '#e2e6ed',
  colorError: '#c41220',
};

const dark = {
  colorPrimary: '#2b6cdf',
  colorPrimaryHover: '#2563d1',
  colorPrimaryActive: '#1f57bb',
  colorLinkHover: '#a8c8ff',
  colorLink: '#82b1ff',
  colorText: '#e7ebf1',
  colorTextSecondary: '#b8c1ce',
  colorTextTertiary: 'rgba(255,255,255,.65)',
  colorTextDescription: 'rgba(255,255,255,.65)',
  colorTextQuaternary: 'rgba(255,255,255,.58)',
  colorTextPlaceholder: 'rgba(255,255,255,.58)',
  colorBgContainer: '#161c25',
  colorBgElevated: '#1b222d',
  colorBgLayout: '#0e131a',
  colorBorder: '#3d4858',
  colorBorderSecondary: '#28313e',
};

/** What is a surface elsewhere is a text on buttons, and must be read as one. */
const darkButton = {
  colorError: '#ff8f8f',
  colorErrorHover: '#ffb3b3',
  colorErrorActive: '#ff7875',
  dangerColor: '#1a1113',
  defaultHoverColor: dark.colorLink,
  defaultHoverBorderColor: dark.colorLink,
  defaultActiveColor: dark.colorLinkHover,
  defaultActiveBorderColor: dark.colorLinkHover,
};

const font =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif";

/** Language, colours and motion for the component library. */
export function AntdProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const isDark = useIsDark();
  const still = useReducedMotion();
  const chinese = i18n.language === 'zh-CN';
  useEffect(() => {
    dayjs.locale(chinese ? 'zh-cn' : 'en');
  }, [chinese]);
  return (
    <ConfigProvider
      locale={chinese ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        hashed: false,
        algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        components: isDark ? { Button: darkButton } : {},
        token: { ...(isDark ? dark : light), motion: !still, fontFamily: font, borderRadius: 6 },
      }}
    >
      {children}
    </ConfigProvider>
  );
}
