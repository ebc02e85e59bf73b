import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { ExtrasProvider } from '@/features/desk/extras';
import { AntdProvider } from '@/ui/AntdProvider';
import { ConfirmProvider } from '@/ui/confirm';
import { Loading } from '@/ui/faces';
import { withWords } from '@/ui/i18n';
import { extras } from './extras';
import { RecordRedirect } from './RecordRedirect';
import { Shell } from './Shell';

const Today = lazy(() => import('@/features/desk/TodayPage'));
const ListRoute = lazy(() => import('./ListRoute'));
const RecordPage = lazy(() => import('@/features/desk/RecordPage'));
const CreatePage = lazy(() => import('@/features/desk/CreatePage'));
const Exceptions = lazy(() => import('@/features/process/ExceptionsPage'));
const Processes = lazy(() => import('@/features/process/ProcessPage'));
const Imports = lazy(() => withWords('transfer', import('@/features/transfer/ImportsPage')));
const ImportWizard = lazy(() => withWords('transfer', import('@/features/transfer/ImportWizard')));
const Agenda = lazy(() => withWords('agenda', import('@/features/agenda/AgendaPage')));
const Tasks = lazy(() => import('@/features/tasks/TasksPage'));
const Task = lazy(() => import('@/features/tasks/TaskPage'));
const Document = lazy(() => import('@/features/documents/DocumentPage'));
const Workbench = lazy(() => import('@/features/desk/WorkbenchPage'));
const FieldInsight = lazy(() => withWords('insight', import('@/features/fieldwork/insight/InsightPage')));
const Supervision = lazy(() => withWords('supervision', import('@/features/sla/SupervisionPage')));
const WinTouches = lazy(() => withWords('touches', withWords('metrics', import('@/features/metrics/attribution/TouchesPage'))));
const ThreeLayers = lazy(() => withWords('layers', withWords('touches', withWords('metrics', import('@/features/metrics/layers/LayersPage')))));
const Forecast = lazy(() => withWords('forecast', withWords('metrics', import('@/features/metrics/forecast/ForecastPage'))));
const Targets = lazy(() => withWords('targets', withWords('metrics', import('@/features/metrics/targets/TargetsPage'))));
const StepBacks = lazy(() => withWords('stepbacks', withWords('metrics', import('@/features/metrics/stepback/StepBacksPage'))));
const SelfCheck = lazy(() => withWords('selfcheck', import('@/features/metrics/selfcheck/SelfCheckPage')));
const Pilots = lazy(() => withWords('pilots', import('@/features/metrics/pilots/PilotsPage')));
const Pools = lazy(() => import('@/features/pool/PoolsPage'));
const FillRates = lazy(() => import('@/features/desk/FillRatesPage'));
const Approvals = lazy(() => import('@/features/approvals/ApprovalsPage'));
const ApprovalReport = lazy(() => import('@/features/approvals/ReportPage'));
const ApprovalCase = lazy(() => import('@/features/approvals/CasePage'));
const Capture = lazy(() => withWords('capture', import('@/features/capture/CapturePage')));
const CaptureForm = lazy(() => withWords('capture', import('@/features/capture/FormPage')));
const ChannelBoard = lazy(() => import('@/features/leads/ChannelBoardPage'));
const FollowUps = lazy(() => withWords('followups', import('@/features/fieldwork/FollowUpsPage')));
const FollowUp = lazy(() => withWords('followups', import('@/features/fieldwork/FollowUpView')));
const Nurture = lazy(() => withWords('nurture', import('@/features/nurture/NurtureRoutes')));
const Conversations = lazy(() => withWords('conversations', import('@/features/conversations/ConversationsPage')));
const PhoneChecks = lazy(() => withWords('phonecheck', import('@/features/phonecheck/PhoneChecksPage')));
const ConversationSources = lazy(() => withWords('conversations', import('@/features/conversations/SourcesPage')));
const Playbooks = lazy(() => withWords('playbooks', import('@/features/playbooks/PlaybookRoutes')));
const Support = lazy(() => withWords('support', import('@/features/support/SupportPage')));
const SupportCase = lazy(() => withWords('support', import('@/features/support/CasePage')));
const SalesLog = lazy(() => withWords('saleslog', import('./DeskLog')));
const Surge = lazy(() => withWords('saleslog', import('@/features/saleslog/SurgePage')));
const Board = lazy(() => withWords('metrics', import('@/features/metrics/BoardPage')));
const People = lazy(() => withWords('metrics', import('@/features/metrics/people/PeoplePage')));
const Screen = lazy(() => withWords('metrics', withWords('screen', import('@/features/metrics/screen/ScreenPage'))));
const Explore = lazy(() => withWords('metrics', withWords('explore', import('@/features/metrics/explore/ExplorePage'))));
const Own = lazy(() => import('./OwnRoutes'));
const Admin = lazy(() => import('./AdminRoutes'));

/** Every page in its frame. */
function Pages() {
  return (
    <Shell>
      <Suspense fallback={<Loading rows={8} />}>
        <Routes>
          <Route path="/" element={<Today />} />
          <Route path="/r/:type" element={<ListRoute />} />
          <Route path="/r/:type/new" element={<CreatePage />} />
          <Route path="/r/:type/:id" element={<RecordPage />} />
          <Route path="/exceptions" element={<Exceptions />} />
          <Route path="/processes" element={<Processes />} />
          <Route path="/imports" element={<Imports />} />
          <Route path="/imports/:id" element={<ImportWizard />} />
          <Route path="/workbench" element={<Workbench />} />
          <Route path="/field-insight" element={<FieldInsight />} />
          <Route path="/supervision" element={<Supervision />} />
          <Route path="/step-backs" element={<StepBacks />} />
          <Route path="/self-check" element={<SelfCheck />} />
          <Route path="/pilots" element={<Pilots />} />
          <Route path="/targets" element={<Targets />} />
          <Route path="/forecast" element={<Forecast />} />
          <Route path="/attribution" element={<ThreeLayers />} />
          <Route path="/win-touches" element={<WinTouches />} />
          <Route path="/agenda" element={<Agenda />} />
          <Route path="/tasks" element={<Tasks />} />
          <Route path="/tasks/:id" element={<Task />} />
          <Route path="/documents/:id" element={<Document />} />
          <Route path="/records/:type/:id" element={<RecordRedirect />} />
          <Route path="/pools" element={<Pools />} />
          <Route path="/pools/:id" element={<Pools />} />
          <Route path="/fill-rates" element={<FillRates />} />
          <Route path="/approvals" element={<Approvals />} />
          <Route path="/approvals/report" element={<ApprovalReport />} />
          <Route path="/approvals/:id" element={<ApprovalCase />} />
          <Route path="/capture" element={<Capture />} />
          <Route path="/capture/:tab" element={<Capture />} />
          <Route path="/capture/forms/:id" element={<CaptureForm />} />
          <Route path="/channel-board" element={<ChannelBoard />} />
          <Route path="/followups" element={<FollowUps />} />
          <Route path="/followups/:id" element={<FollowUp />} />
          <Route path="/nurture/*" element={<Nurture />} />
          <Route path="/phone-checks" element={<PhoneChecks />} />
          <Route path="/conversations" element={<Conversations />} />
          <Route path="/conversations/sources" element={<ConversationSources />} />
          <Route path="/conversations/:id" element={<Conversations />} />
          <Route path="/playbooks/*" element={<Playbooks />} />
          <Route path="/support" element={<Support />} />
          <Route path="/support/:id" element={<SupportCase />} />
          <Route path="/saleslog" element={<SalesLog />} />
          <Route path="/saleslog/surges/:id" element={<Surge />} />
          <Route path="/figures" element={<Explore />} />
          <Route path="/boards" element={<Board />} />
          <Route path="/boards/people" element={<People />} />
          <Route path="/boards/:key" element={<Board />} />
          <Route path="/me/*" element={<Own />} />
          <Route path="/admin/*" element={<Admin />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}

/** Everything behind the sign-in; the screen on the wall has no frame. */
export default function Desk() {
  return (
    <AntdProvider>
      <ConfirmProvider>
        <ExtrasProvider value={extras}>
          <BrowserRouter>
            <Routes>
              <Route path="/screen" element={<Suspense fallback={<Loading rows={8} />}><Screen /></Suspense>} />
              <Route path="*" element={<Pages />} />
            </Routes>
          </BrowserRouter>
        </ExtrasProvider>
      </ConfirmProvider>
    </AntdProvider>
  );
}
