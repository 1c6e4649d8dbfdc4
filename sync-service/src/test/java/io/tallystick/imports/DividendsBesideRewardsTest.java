package io.tallystick.imports;

import static io.tallystick.imports.Tell.list;
import static io.tallystick.imports.Tell.ms;
import static io.tallystick.imports.Tell.statement;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Interest that the list of dividends may tell beside the lists of rewards. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DividendsBesideRewardsTest {
  @Inject Desk desk;

  private static void reward(Desk.At at, String when, String type) {
    list(
        at,
        "flexible-rewards",
        "",
        when,
        """
        {"asset":"USDT","rewards":"0.5","projectId":"USDT001","type":"%s","time":%d}\
        """
            .formatted(type, ms(when)));
  }

  private static void dividend(Desk.At at, int id, String when, String asset, String text) {
    list(
        at,
        "dividends",
        "",
        when,
        """
        {"id":%d,"tranId":7,"asset":"%s","amount":"0.5","divTime":%d,"enInfo":"%s","direction":1}\
        """
            .formatted(id, asset, ms(when), text));
  }

  @Test
  void interestOfFormerSavingsIsOneWithItsReward() {
    Desk.At at = desk.open();
    reward(at, "2021-05-01T00:30:00Z", "REWARDS");
    dividend(at, 1, "2021-05-01T00:30:00Z", "USDT", "Flexible Savings");
    assertEquals(Map.of("spot/USDT", "0.5"), at.balances());
  }

  @Test
  void interestOfLockedProductsIsOneWithItsReward() {
    for (String text : List.of("Locked Savings", "STAKING")) {
      Desk.At at = desk.open();
      list(
          at,
          "locked-rewards",
          "",
          "2021-05-01T00:30:00Z",
          """
          {"positionId":123,"time":%d,"asset":"AXS","lockPeriod":"30","amount":"0.5"}\
          """
              .formatted(ms("2021-05-01T00:30:00Z")));
      dividend(at, 1, "2021-05-01T00:30:00Z", "AXS", text);
      assertEquals(Map.of("spot/AXS", "0.5"), at.balances(), text);
    }
  }

  @Test
  void whatNoListOfRewardsTellsIsIncome() {
    Desk.At at = desk.open();
    dividend(at, 1, "2019-09-01T00:30:00Z", "USDT", "Flexible Savings");
    dividend(at, 2, "2019-09-02T00:30:00Z", "USDT", "Flexible Savings");
    assertEquals(Map.of("spot/USDT", "1"), at.balances());
    reward(at, "2019-09-02T00:31:00Z", "REWARDS");
    assertEquals(Map.of("spot/USDT", "1"), at.balances());
  }

  @Test
  void asManyAreOneAsBothListsTell() {
    Desk.At at = desk.open();
    dividend(at, 1, "2021-05-01T00:30:00Z", "USDT", "Flexible Savings");
    dividend(at, 2, "2021-05-01T00:30:00Z", "USDT", "Flexible Savings");
    reward(at, "2021-05-01T00:30:00Z", "REWARDS");
    assertEquals(Map.of("spot/USDT", "1"), at.balances());
    String line = "2021-05-01 00:30:01,Spot,Savings Interest,USDT,0.5,";
    statement(at, line, line);
    assertEquals(Map.of("spot/USDT", "1"), at.balances());
  }
}
