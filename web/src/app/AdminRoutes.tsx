import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useTypes } from '@/features/records/meta';
import { withWords } from '@/ui/i18n';
import { useName } from '@/ui/names';

const UsersPage = lazy(() => import('@/features/org/UsersPage'));
const UnitsPage = lazy(() => import('@/features/org/UnitsPage'));
const RolesPage = lazy(() => import('@/features/org/RolesPage'));
const FieldsPage = lazy(() => import('@/features/fields/FieldsPage'));
const FlowsPage = lazy(() => import('@/features/approvals/flow/FlowsPage'));
const FlowPage = lazy(() => import('@/features/approvals/flow/FlowPage'));
const IntegrationsPage = lazy(() => withWords('integrations', import('@/features/integrations/IntegrationsPage')));
const ChannelsPage = lazy(() => import('@/features/notices/ChannelsPage'));
const PoliciesPage = lazy(() => import('@/features/sla/policy/PoliciesPage'));
const PolicyPage = lazy(() => import('@/features/sla/policy/PolicyPage'));
const CalendarsPage = lazy(() => import('@/features/sla/CalendarsPage'));
const RoutingSets = lazy(() => withWords('routing', import('@/features/routing/SetsPage')));
const RoutingSet = lazy(() => withWords('routing', import('@/features/routing/SetPage')));
const RoutingGroups = lazy(() => withWords('routing', import('@/features/routing/GroupsPage')));
const RoutingReport = lazy(() => withWords('routing', import('@/features/routing/ReportPage')));
const PoolSettingsPage = lazy(() => import('@/features/pool/settings/PoolSettingsPage'));
const PoolSettingPage = lazy(() => import('@/features/pool/settings/PoolSettingPage'));
const ScoringPage = lazy(() => withWords('scoring', import('@/features/scoring/ScoringPage')));
const TrackingPage = lazy(() => withWords('behaviour', import('@/features/behaviour/TrackingPage')));
const PrivacyPage = lazy(() => withWords('privacy', import('@/features/privacy/PrivacyPage')));
const FollowUpStandards = lazy(() => withWords('followupStandards', import('@/features/fieldwork/standards/StandardsPage')));
const LanguagePage = lazy(() => withWords('language', import('@/features/language/LanguagePage')));
const SupportRulesPage = lazy(() => withWords('support', import('@/features/support/setup/RulesPage')));
const LogSettingsPage = lazy(() => withWords('saleslog', import('@/features/saleslog/setup/SettingsPage')));
const PhoneCheckSettings = lazy(() => withWords('phonecheck', import('@/features/phonecheck/SettingsPage')));
const KeysPage = lazy(() => import('@/features/identity/KeysPage'));
const AuditPage = lazy(() => import('@/features/desk/AuditPage'));

/** The pages of administrators. */
export default function AdminRoutes() {
  const types = useTypes();
  const name = useName();
  const typeName = (key: string) => name(types.find((type) => type.key === key)?.name) || key;
  return (
    <Routes>
      <Route path="users" element={<UsersPage />} />
      <Route path="units" element={<UnitsPage />} />
      <Route path="roles" element={<RolesPage typeName={typeName} />} />
      <Route path="fields" element={<FieldsPage />} />
      <Route path="flows" element={<FlowsPage />} />
      <Route path="flows/:key" element={<FlowPage />} />
      <Route path="integrations" element={<IntegrationsPage />} />
      <Route path="channels" element={<ChannelsPage />} />
      <Route path="policies" element={<PoliciesPage />} />
      <Route path="policies/:key" element={<PolicyPage />} />
      <Route path="calendars" element={<CalendarsPage />} />
      <Route path="routing" element={<RoutingSets />} />
      <Route path="routing/:key" element={<RoutingSet />} />
      <Route path="routing-groups" element={<RoutingGroups />} />
      <Route path="routing-report" element={<RoutingReport />} />
      <Route path="pools" element={<PoolSettingsPage />} />
      <Route path="pools/:id" element={<PoolSettingPage />} />
      <Route path="scoring" element={<ScoringPage />} />
      <Route path="tracking" element={<TrackingPage />} />
      <Route path="followup-standards" element={<FollowUpStandards />} />
      <Route path="privacy" element={<PrivacyPage />} />
      <Route path="language" element={<LanguagePage />} />
      <Route path="support" element={<SupportRulesPage />} />
      <Route path="saleslog" element={<LogSettingsPage />} />
      <Route path="phone-check" element={<PhoneCheckSettings />} />
      <Route path="keys" element={<KeysPage />} />
      <Route path="audit" element={<AuditPage />} />
      <Route path="*" element={<Navigate to="users" replace />} />
    </Routes>
  );
}
