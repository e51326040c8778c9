DROP TRIGGER category_of_built_in_stays ON notification_template;
DROP FUNCTION keep_category();
