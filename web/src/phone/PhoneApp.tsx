import { ConfigProvider } from 'antd-mobile';
import enUS from 'antd-mobile/es/locales/en-US';
import zhCN from 'antd-mobile/es/locales/zh-CN';
import { lazy, Suspense, type ReactNode } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { useTranslation } from 'react-i18next';
import { useOwnLanguage, useSession } from '@/features/identity/session';
import { Faces, Loading } from '@/ui/faces';
import { ErrorBoundary } from '@/ui/ErrorBoundary';
import { withWords } from '@/ui/i18n';
import { RecordRedirect } from '@/app/RecordRedirect';
import { useFromTop } from './fromTop';
import { OfflineBar } from './offline/OfflineBar';
import { ShellUpdate } from './offline/ShellUpdate';
import { Flusher } from './outbox/Flusher';
import { PhoneTabs } from './PhoneTabs';
import css from './phone.module.css';

const SignInPage = lazy(() => import('@/features/identity/SignInPage'));
const PhoneToday = lazy(() => import('./PhoneToday'));
const PhoneList = lazy(() => import('./PhoneList'));
const PhoneRecord = lazy(() => import('./PhoneRecord'));
const PhoneApprovals = lazy(() => import('./PhoneApprovals'));
const PhoneCase = lazy(() => import('./PhoneCase'));
const PhoneRequest = lazy(() => import('./PhoneRequest'));
const PhoneNotices = lazy(() => import('./PhoneNotices'));
const PhoneAgenda = lazy(() => withWords('agenda', import('./PhoneAgenda')));
const PhonePrivacy = lazy(() => withWords('privacy', import('@/features/privacy/MyAnswersPage')));
const PhoneConversations = lazy(() => withWords('conversations', import('./PhoneConversations')));
const PhonePools = lazy(() => import('./PhonePools'));
const PhoneTask = lazy(() => import('./PhonePages').then((module) => ({ default: module.PhoneTask })));
const PhoneDocument = lazy(() => import('./PhonePages').then((module) => ({ default: module.PhoneDocument })));
const Who = lazy(() => withWords('followups', import('./capture/WhoPage')));
const Evidence = lazy(() => withWords('followups', import('./capture/EvidencePage')));
const Done = lazy(() => withWords('followups', import('./capture/DonePage')));
const Outbox = lazy(() => withWords('followups', import('./capture/OutboxPage')));
const FollowUp = lazy(() => withWords('followups', import('@/features/fieldwork/FollowUpView')));
const PhonePlaybooks = lazy(() => withWords('playbooks', import('./PhonePlaybooks')));
const PhonePlaybook = lazy(() => withWords('playbooks', import('./PhonePlaybooks').then((module) => ({ default: module.PhonePlaybook }))));
const PhoneLog = lazy(() => withWords('saleslog', import('./PhoneLog')));
const PhoneSurge = lazy(() => withWords('saleslog', import('@/features/saleslog/SurgePage')));
const PhoneSupport = lazy(() => withWords('support', import('./PhoneSupport')));
const PhoneSupportCase = lazy(() => withWords('support', import('./PhoneSupport').then((module) => ({ default: module.PhoneSupportCase }))));
const PhoneMe = lazy(() => import('./PhoneMe'));

function Main({ children }: { children: ReactNode }) {
  return (
    <main ref={useFromTop()} className={css.main}>
      {children}
    </main>
  );
}

/** The light entry for phones: today, one's records, and a record with what it lacks. */
export function PhoneApp() {
  const { i18n } = useTranslation('phone');
  const session = useSession();
  useOwnLanguage();
  return (
    <ErrorBoundary>
      <Faces query={session}>
        {(answer) =>
          !answer.authenticated ? (
            <Suspense fallback={null}>
              <SignInPage />
            </Suspense>
          ) : (
            <ConfigProvider locale={i18n.language === 'zh-CN' ? zhCN : enUS}>
              <BrowserRouter basename="/m">
                <div className={css.app}>
                  <div>
                    <ShellUpdate />
                    <OfflineBar />
                    <Flusher />
                  </div>
                  <Main>
                    <Suspense fallback={<Loading rows={8} />}>
                      <Routes>
                        <Route path="/" element={<PhoneToday />} />
                        <Route path="/list" element={<PhoneList />} />
                        <Route path="/approvals" element={<PhoneApprovals />} />
                        <Route path="/approvals/new" element={<PhoneRequest />} />
                        <Route path="/approvals/:id" element={<PhoneCase />} />
                        <Route path="/notices" element={<PhoneNotices />} />
                        <Route path="/followup" element={<Who />} />
                        <Route path="/followup/:id" element={<Evidence />} />
                        <Route path="/followup/:id/done" element={<Done />} />
                        <Route path="/followups/:id" element={<FollowUp />} />
                        <Route path="/outbox" element={<Outbox />} />
                        <Route path="/me" element={<PhoneMe />} />
                        <Route path="/r/:type/:id" element={<PhoneRecord />} />
                        <Route path="/agenda" element={<PhoneAgenda />} />
                        <Route path="/privacy" element={<PhonePrivacy via="phone" />} />
                        <Route path="/conversations" element={<PhoneConversations />} />
                        <Route path="/conversations/:id" element={<PhoneConversations />} />
                        <Route path="/pools" element={<PhonePools />} />
                        <Route path="/pools/:id" element={<PhonePools />} />
                        <Route path="/playbooks" element={<PhonePlaybooks />} />
                        <Route path="/playbooks/:id" element={<PhonePlaybook />} />
                        <Route path="/log" element={<PhoneLog />} />
                        <Route path="/saleslog/surges/:id" element={<PhoneSurge />} />
                        <Route path="/saleslog" element={<Navigate to="/log" replace />} />
                        <Route path="/support" element={<PhoneSupport />} />
                        <Route path="/support/:id" element={<PhoneSupportCase />} />
                        <Route path="/tasks/:id" element={<PhoneTask />} />
                        <Route path="/documents/:id" element={<PhoneDocument />} />
                        <Route path="/records/:type/:id" element={<RecordRedirect />} />
                        <Route path="*" element={<Navigate to="/" replace />} />
                      </Routes>
                    </Suspense>
                  </Main>
                  <PhoneTabs />
                </div>
              </BrowserRouter>
            </ConfigProvider>
          )
        }
      </Faces>
    </ErrorBoundary>
  );
}
