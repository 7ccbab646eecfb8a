package dev.fuse.inventory;

import java.util.Set;

/** Words that are part of a sentence and never a name by themselves. */
final class Common {

  static final Set<String> EMPTY =
      Set.of(
          ("a about after again all also am an and any are as at be because been before but by can"
                  + " could day did do does down each else find for from get give go had has have how"
                  + " i if in into is it its just last let like list look make me my new no none not"
                  + " now of off on once one only or our out over please run same see set she show so"
                  + " some still stop such tell than that the their them then there these they this"
                  + " time to too two up us use was we were what when where which while who why will"
                  + " with work works would wrong yes yet you your")
              .split(" "));

  private Common() {}
}
