import type { Language } from '@/ui/i18n';

type Texts = { default: Record<string, unknown> };

/** Texts of pages that few people open: they come with the page, not with the first visit. */
export const late: Record<string, Record<Language, () => Promise<Texts>>> = {
  routing: { 'zh-CN': () => import('./zh-CN/routing.json'), 'en-US': () => import('./en-US/routing.json') },
  scoring: { 'zh-CN': () => import('./zh-CN/scoring.json'), 'en-US': () => import('./en-US/scoring.json') },
  behaviour: { 'zh-CN': () => import('./zh-CN/behaviour.json'), 'en-US': () => import('./en-US/behaviour.json') },
  transfer: { 'zh-CN': () => import('./zh-CN/transfer.json'), 'en-US': () => import('./en-US/transfer.json') },
  capture: { 'zh-CN': () => import('./zh-CN/capture.json'), 'en-US': () => import('./en-US/capture.json') },
  integrations: { 'zh-CN': () => import('./zh-CN/integrations.json'), 'en-US': () => import('./en-US/integrations.json') },
  supervision: { 'zh-CN': () => import('./zh-CN/supervision.json'), 'en-US': () => import('./en-US/supervision.json') },
  followups: { 'zh-CN': () => import('./zh-CN/followups.json'), 'en-US': () => import('./en-US/followups.json') },
  followupStandards: { 'zh-CN': () => import('./zh-CN/followupStandards.json'), 'en-US': () => import('./en-US/followupStandards.json') },
  conversations: { 'zh-CN': () => import('./zh-CN/conversations.json'), 'en-US': () => import('./en-US/conversations.json') },
  playbooks: { 'zh-CN': () => import('./zh-CN/playbooks.json'), 'en-US': () => import('./en-US/playbooks.json') },
  language: { 'zh-CN': () => import('./zh-CN/language.json'), 'en-US': () => import('./en-US/language.json') },
  nurture: { 'zh-CN': () => import('./zh-CN/nurture.json'), 'en-US': () => import('./en-US/nurture.json') },
  insight: { 'zh-CN': () => import('./zh-CN/insight.json'), 'en-US': () => import('./en-US/insight.json') },
  privacy: { 'zh-CN': () => import('./zh-CN/privacy.json'), 'en-US': () => import('./en-US/privacy.json') },
  agenda: { 'zh-CN': () => import('./zh-CN/agenda.json'), 'en-US': () => import('./en-US/agenda.json') },
  support: { 'zh-CN': () => import('./zh-CN/support.json'), 'en-US': () => import('./en-US/support.json') },
  phonecheck: { 'zh-CN': () => import('./zh-CN/phonecheck.json'), 'en-US': () => import('./en-US/phonecheck.json') },
  forecast: { 'zh-CN': () => import('./zh-CN/forecast.json'), 'en-US': () => import('./en-US/forecast.json') },
  targets: { 'zh-CN': () => import('./zh-CN/targets.json'), 'en-US': () => import('./en-US/targets.json') },
  touches: { 'zh-CN': () => import('./zh-CN/touches.json'), 'en-US': () => import('./en-US/touches.json') },
  layers: { 'zh-CN': () => import('./zh-CN/layers.json'), 'en-US': () => import('./en-US/layers.json') },
  stepbacks: { 'zh-CN': () => import('./zh-CN/stepbacks.json'), 'en-US': () => import('./en-US/stepbacks.json') },
  selfcheck: { 'zh-CN': () => import('./zh-CN/selfcheck.json'), 'en-US': () => import('./en-US/selfcheck.json') },
  pilots: { 'zh-CN': () => import('./zh-CN/pilots.json'), 'en-US': () => import('./en-US/pilots.json') },
  metrics: { 'zh-CN': () => import('./zh-CN/metrics.json'), 'en-US': () => import('./en-US/metrics.json') },
  figureMails: { 'zh-CN': () => import('./zh-CN/figureMails.json'), 'en-US': () => import('./en-US/figureMails.json') },
  screen: { 'zh-CN': () => import('./zh-CN/screen.json'), 'en-US': () => import('./en-US/screen.json') },
  explore: { 'zh-CN': () => import('./zh-CN/explore.json'), 'en-US': () => import('./en-US/explore.json') },
  saleslog: { 'zh-CN': () => import('./zh-CN/saleslog.json'), 'en-US': () => import('./en-US/saleslog.json') },
};
