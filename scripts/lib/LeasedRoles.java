import java.sql.DriverManager;
import java.sql.SQLException;

/** Prints the roles of PostgreSQL that Vault leased, one a line, and behind one whose time is over by how many seconds. */
class LeasedRoles {
    public static void main(String[] host) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + host[0] + ":5432/postgres",
                        "administrator",
                        System.getenv("ADMINISTRATOR_PASSWORD"));
                var roles = connection.createStatement().executeQuery("""
                        select rolname || case when rolvaliduntil < now()
                            then ' expired ' || extract(epoch from now() - rolvaliduntil)::int else '' end
                        from pg_roles where rolname like 'v-%' order by rolname""")) {
            while (roles.next()) {
                System.out.println(roles.getString(1));
            }
        }
    }
}
