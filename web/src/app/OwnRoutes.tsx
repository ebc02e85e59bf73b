import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { withWords } from '@/ui/i18n';

const AbsencesPage = lazy(() => import('@/features/org/AbsencesPage'));
const NoticeSettingsPage = lazy(() => import('@/features/notices/NoticeSettingsPage'));
const MyAnswersPage = lazy(() => withWords('privacy', import('@/features/privacy/MyAnswersPage')));

/** The pages about oneself. */
export default function OwnRoutes() {
  return (
    <Routes>
      <Route path="absence" element={<AbsencesPage />} />
      <Route path="notices" element={<NoticeSettingsPage />} />
      <Route path="privacy" element={<MyAnswersPage />} />
      <Route path="*" element={<Navigate to="/" replace />} />
    </Routes>
  );
}
